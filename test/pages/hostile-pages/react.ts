import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';
import type { HostilePage } from '../kit/hostile-page.ts';

let bundled: Promise<string> | undefined;

/**
 * Returns the application as one script, in its own development build: only there StrictMode runs everything
 * twice.
 */
async function bundle(): Promise<string> {
  const [result] = (await build({
    configFile: false,
    logLevel: 'warn',
    mode: 'development',
    define: { 'process.env.NODE_ENV': '"development"' },
    build: {
      write: false,
      minify: false,
      lib: {
        entry: fileURLToPath(new URL('../sites/react-app.ts', import.meta.url)),
        formats: ['iife'],
        name: 'app',
      },
    },
  })) as Rolldown.RolldownOutput[];
  return result!.output[0].code;
}

export const react: HostilePage = {
  name: 'react',
  about: 'React in StrictMode: everything mounted twice, shown and hidden, drawn again',
  serve: async ({ hostUrl, tag }, inbox) => ({
    '/app.js': { body: await (bundled ??= bundle()), type: '.js' },
    '/': {
      widget: tag(null),
      end: `
        <p id="count">0</p>
        <div id="app" data-inbox="${inbox}" data-host="${hostUrl}"></div>
        <script src="/app.js"></script>`,
    },
  }),
  async run(visit) {
    await visit.goto();
    await visit.launcherIsThere();
    await visit.siteWorks();
    await visit.chats();
    // The host receives it a moment before the page's event, and a component that renders again subscribes
    // again.
    await visit.until(
      'the first listener was never called',
      () => document.getElementById('count')!.textContent === '1',
    );
    for (let i = 0; i < 3; i += 1) await visit.use('render');
    for (let i = 0; i < 10; i += 1) await visit.use('toggle');
    await visit.isOpen();
    await visit.sees(`A word from ${visit.engine}`);
    await visit.say('A word after the toggling');
    await visit.isHeard('A word after the toggling');
    await visit.until('the listener missed one', () => document.getElementById('count')!.textContent === '2');
    const left = await visit.look(() => [
      document.querySelectorAll('livechat-widget').length,
      probe.all('livechat-panel').length,
    ]);
    assert.deepEqual(left, [1, 1]);
    await visit.shoot('toggled');
    await visit.isQuiet();
  },
};
