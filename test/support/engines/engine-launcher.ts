import type { BrowserLauncher } from '@web/test-runner';
import type { Engine, EnginePage, EngineVisitor } from './engine.ts';
import type { FoundEngine } from './find-engines.ts';

/** The pages of the running test files by session, for {@link engineCommands}. */
const pages = new Map<string, EnginePage>();

/** The part of a request to the test server, and of its response, that {@link engineCommands} uses. */
interface Exchange {
  path: string;
  query: Record<string, string | string[] | undefined>;
  status: number;
}

/** The engine commands for test files, with the parameters of the request. */
const commands = new Map<string, (page: EnginePage, query: Exchange['query']) => Promise<void> | undefined>([
  ['/engine/forced-colors', (page, { active }) => page.setForcedColors?.(active === 'true')],
  ['/engine/move', (page, { x, y }) => page.move(Number(x), Number(y))],
]);

/**
 * Middleware of the test server. `/engine/<command>?session=<id>&…` runs a command on the page of a test
 * file. Responds with 204, or with 501 when the engine does not support it.
 */
export async function engineCommands(exchange: Exchange, next: () => Promise<unknown>): Promise<void> {
  const command = commands.get(exchange.path);
  const page = pages.get(String(exchange.query['session']));
  if (!command || !page) return void (await next());
  const running = command(page, exchange.query);
  await running;
  exchange.status = running ? 204 : 501;
}

/**
 * Returns a launcher with which @web/test-runner opens its pages in an engine, each test file in its own
 * browser.
 */
export function engineLauncher({ name, launch }: FoundEngine): BrowserLauncher {
  let engine: Engine;
  const open = new Map<string, { visitor: EngineVisitor; page: EnginePage }>();
  return {
    name,
    type: `alur-${name}`,
    // A page behind another one may get no animation frames, which rendering tests need.
    concurrency: 1,
    async initialize() {
      engine = await launch();
    },
    async startSession(id, url) {
      const visitor = await engine.visitor();
      const page = await visitor.page().catch(async (error: unknown) => {
        await visitor.close();
        throw error;
      });
      open.set(id, { visitor, page });
      pages.set(id, page);
      await page.goto(url);
    },
    isActive: (id) => open.has(id),
    getBrowserUrl: (id) => open.get(id)?.page.evaluate(() => location.href),
    async stopSession(id) {
      const session = open.get(id);
      open.delete(id);
      pages.delete(id);
      await session?.visitor.close();
      return {};
    },
    async stop() {
      await engine.close();
    },
    startDebugSession: () => Promise.reject(new Error('Open the address in a browser of your own.')),
  };
}
