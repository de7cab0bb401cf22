import type { BrowserLauncher } from '@web/test-runner';
import type { Engine, EnginePage, EngineVisitor } from './engine.ts';
import type { FoundEngine } from './find-engines.ts';

/** Lets @web/test-runner open its pages in an engine: each test file at a browser of its own. */
export function engineLauncher({ name, launch }: FoundEngine): BrowserLauncher {
  let engine: Engine;
  const open = new Map<string, { visitor: EngineVisitor; page: EnginePage }>();
  return {
    name,
    type: `alur-${name}`,
    // A page behind another one may get no animation frames, and tests of what is seen need them.
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
      await page.goto(url);
    },
    isActive: (id) => open.has(id),
    getBrowserUrl: (id) => open.get(id)?.page.evaluate(() => location.href),
    async stopSession(id) {
      const session = open.get(id);
      open.delete(id);
      await session?.visitor.close();
      return {};
    },
    async stop() {
      await engine.close();
    },
    startDebugSession: () => Promise.reject(new Error('Open the address in a browser of your own.')),
  };
}
