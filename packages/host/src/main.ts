#!/usr/bin/env node
/**
 * Runs the reference host from a shell. See the README for options and environment.
 *
 * @module
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createHost, importWorkspace, type Workspace } from './index.ts';
import { parseTrustProxy } from './http/client-address.ts';
import { exportToPostgres } from './database/export-to-postgres.ts';

const USAGE = `Usage:
  alur-host [--port 8787] [--hostname 127.0.0.1] [--data .data] [--workspace file.json]…
            (--hostname 0.0.0.0 opens it to other machines)
  alur-host export-to-postgres --data .data --postgres postgres://user:password@server/database

Environment:
  ALUR_POSTGRES_URL       keep everything in PostgreSQL instead of --data
  ALUR_AI_URL             OpenAI-compatible chat endpoint for AI agents (with ALUR_AI_KEY, ALUR_AI_MODEL)
  ALUR_TRUST_PROXY=1      believe the last address in X-Forwarded-For
  ALUR_PRIVATE_WEBHOOKS=1 let webhooks call private addresses (development only)`;

/** Unless told otherwise only this machine may come in: what listens to the whole network is somebody's decision. */
const LOOPBACK = '127.0.0.1';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    port: { type: 'string', default: process.env['PORT'] ?? '8787' },
    hostname: { type: 'string', default: LOOPBACK },
    data: { type: 'string', default: '.data' },
    workspace: { type: 'string', multiple: true, default: [] },
    postgres: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

try {
  if (values.help) console.log(USAGE);
  else if (positionals[0] === 'export-to-postgres') await move();
  else if (positionals.length > 0) throw new Error(`There is no command "${positionals[0]}".\n\n${USAGE}`);
  else await serve();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

async function serve(): Promise<void> {
  const postgresUrl = values.postgres ?? process.env['ALUR_DATABASE_URL'] ?? process.env['ALUR_POSTGRES_URL'];
  const host = await createHost({
    ...(postgresUrl ? { postgresUrl } : { dataDir: values.data }),
    postgresTimeouts: {
      statementMs: Number(process.env['ALUR_STATEMENT_TIMEOUT'] ?? 5_000),
      connectMs: Number(process.env['ALUR_CONNECT_TIMEOUT'] ?? 5_000),
    },
    markerFile: `${values.data}.alur-marker`,
    // Another process may have the data folder now: nothing can be saved here any more.
    onFatal: () => process.exit(1),
    trustProxy: parseTrustProxy(process.env['ALUR_TRUST_PROXY'] ?? '0') ?? 0,
    allowPrivateWebhooks: process.env['ALUR_PRIVATE_WEBHOOKS'] === '1',
  });
  try {
    for (const file of values.workspace) {
      const { created, drafts } = await importWorkspace(
        host,
        JSON.parse(await readFile(file, 'utf8')) as Workspace,
      );
      const news = Object.entries(created).filter(([, count]) => count > 0);
      if (news.length > 0)
        console.log(`Created ${news.map(([what, count]) => `${count} ${what}`).join(', ')}.`);
      for (const { flowId, problems } of drafts)
        console.warn(`Flow "${flowId}" is not live: ${problems[0]?.message ?? 'it has errors.'}`);
    }
    const url = await host.listen(portOf(values.port), values.hostname);
    const reach =
      values.hostname === LOOPBACK
        ? '\nOnly this machine can reach it. To open it to others: --hostname 0.0.0.0, behind a proxy with TLS.'
        : '';
    console.log(`Alur host on ${url}\nData: ${host.database.description}${reach}`);
  } catch (error) {
    await host.close();
    throw error;
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void host.close().then(() => process.exit(0)));
}

async function move(): Promise<void> {
  if (!values.postgres) throw new Error(`Say with --postgres where to.\n\n${USAGE}`);
  const counts = await exportToPostgres(values.data, values.postgres);
  for (const [table, count] of Object.entries(counts)) console.log(`${table}: ${count}`);
  console.log('Done. Start the host with ALUR_POSTGRES_URL from now on; the old folder was only read.');
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new Error(`"${text}" is no port.`);
}
