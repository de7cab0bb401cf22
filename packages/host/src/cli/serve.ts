import { createChatModel } from '../ai/chat-model.ts';
import { createQuestionMatcher } from '../ai/question-matcher.ts';
import { createHost, type Host } from '../create-host.ts';
import { importWorkspace } from '../import-workspace.ts';
import type { Workspace } from '../workspace.ts';
import { limitsOf } from './limit-options.ts';
import { options, type Settings } from './options.ts';
import { readWorkspace } from './read-workspace.ts';

/** Runs the host until a signal ends it. Checks all settings before it opens anything. */
export async function serve(settings: Settings): Promise<void> {
  const workspaces: [file: string, workspace: Workspace][] = [];
  for (const file of settings.workspace) workspaces.push([file, await readWorkspace(file)]);
  const { aiUrl, aiKey, aiModel } = settings;
  const host = await createHost({
    ...(settings.database === null
      ? { dataDir: settings.data, markerFile: `${settings.data.replace(/[/\\]+$/, '')}.alur-marker` }
      : { postgresUrl: settings.database }),
    postgresConnections: settings.connections,
    postgresTimeouts: { statementMs: settings.statementTimeout, connectMs: settings.connectTimeout },
    limits: limitsOf(settings),
    trustProxy: settings.trustProxy,
    allowPrivateWebhooks: settings.privateWebhooks,
    ...(settings.kindsModule !== null && { kindsModule: settings.kindsModule }),
    ai:
      aiUrl === null
        ? createQuestionMatcher()
        : createChatModel({ url: aiUrl, model: aiModel, ...(aiKey !== null && { key: aiKey }) }),
    // Another process may have the data folder: this one can store nothing any more.
    onFatal: () => process.exit(1),
  });
  try {
    for (const [file, workspace] of workspaces) await importFile(host, file, workspace);
    const url = await host.listen(settings.port, settings.hostname);
    const reachability =
      settings.hostname === options.hostname.fallback
        ? '\nOnly this machine can reach it. To open it to others: --hostname 0.0.0.0, behind a proxy with TLS.'
        : '';
    console.log(`Alur host on ${url}\nData: ${host.database.description}${reachability}`);
  } catch (error) {
    await host.close();
    throw error;
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void host.close().then(() => process.exit(0)));
}

async function importFile(host: Host, file: string, workspace: Workspace): Promise<void> {
  const { created, drafts } = await importWorkspace(host, workspace).catch((error: Error) => {
    throw new Error(
      error.message
        .split('\n')
        .map((line) => `${file}: ${line}`)
        .join('\n'),
      { cause: error },
    );
  });
  const createdCounts = Object.entries(created).filter(([, count]) => count > 0);
  if (createdCounts.length > 0)
    console.log(`Created ${createdCounts.map(([what, count]) => `${count} ${what}`).join(', ')}.`);
  for (const { flowId, problems } of drafts)
    console.warn(`Flow "${flowId}" is not live: ${problems[0]?.message ?? 'it has errors.'}`);
}
