/**
 * Runs everything on this machine: the host on PGlite in `.data/`, the partner's dashboard and agent inbox,
 * and a shop that embeds the widget. As in production there are three origins: host, partner and site.
 *
 *     node demo/main.ts [--fresh] [--port-base 8787] [--data .data] [--dev] [--no-limits]
 *
 * @module
 */
import { parseArgs } from 'node:util';
import { startDemo } from './start-demo.ts';

const USAGE = `npm start -- [options]

  --fresh             delete the data first
  --port-base <port>  port of the host; dashboard and shop use the next two (default 8787)
  --data <folder>     folder of the data (default .data)
  --dev               serve pages and widget from their sources, with hot reload (npm run dev)
  --no-limits         no limits per caller; for tests only
  --help              this text

ALUR_AI_URL, ALUR_AI_KEY and ALUR_AI_MODEL connect the AI agents to an OpenAI-compatible chat endpoint.`;

function readOptions() {
  try {
    return parseArgs({
      options: {
        fresh: { type: 'boolean', default: false },
        'port-base': { type: 'string', default: '8787' },
        data: { type: 'string', default: '.data' },
        dev: { type: 'boolean', default: false },
        'no-limits': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    process.exit(2);
  }
}

const values = readOptions();
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
const portBase = Number(values['port-base']);
if (!Number.isInteger(portBase) || portBase < 1 || portBase > 65_000) {
  console.error(`--port-base is "${values['port-base']}". It must be a number from 1 to 65000.`);
  process.exit(2);
}

const startedAt = performance.now();
try {
  const demo = await startDemo({
    dataDir: values.data,
    fresh: values.fresh,
    portBase,
    onProgress: console.log,
    develop: values.dev,
    ...(values['no-limits'] && { limits: false }),
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`
  Alur is running (ready in ${seconds} s)

    Shop          ${demo.shopUrl}/
    Dashboard     ${demo.dashboardUrl}/settings/flow
    Agent inbox   ${demo.dashboardUrl}/inbox
    Embeds        ${demo.shopUrl}/embeds/${values.dev ? `\n    Editor        ${demo.dashboardUrl}/editor?flow=example` : ''}

    Host API      ${demo.hostUrl}
    AI agents     ${process.env['ALUR_AI_URL'] ?? 'answer from the example questions, without a network'}
    Data          ${demo.dataDir}  ${values.fresh ? '(new)' : '("npm start -- --fresh" deletes it)'}${
      values['no-limits'] ? '\n    Limits        none, for tests only' : ''
    }

  Ctrl-C stops it.
`);
  let isStopping = false;
  const stop = async (): Promise<void> => {
    // A second Ctrl-C does not wait.
    if (isStopping) process.exit(0);
    isStopping = true;
    console.log('\nStopping …');
    await demo.close();
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
} catch (error) {
  console.error(`\nThe demo could not start: ${error instanceof Error ? error.message : String(error)}`);
  console.error('To run a second demo: npm start -- --data .data-2 --port-base 8887');
  process.exit(1);
}
