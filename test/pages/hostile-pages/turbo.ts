import assert from 'node:assert/strict';
import { library } from '../kit/library.ts';
import type { HostilePage } from '../kit/hostile-page.ts';
import type { TestPage } from '../kit/test-page.ts';
import type { Visit } from '../kit/visit.ts';

const HEAD = `
  <meta name="turbo-refresh-method" content="morph">
  <meta name="turbo-refresh-scroll" content="preserve">
  <script src="/turbo.js"></script>`;

/** The real Turbo: it swaps bodies, caches copies of them for the way back, and morphs. */
export const turbo: HostilePage = {
  name: 'turbo',
  about: 'Turbo: visits, the way back, morphing',
  serve: ({ tag, element }, inbox) => {
    const link = (to: string): string => `<nav><a id="next" href="${to}">next</a></nav>`;
    const placed: TestPage = {
      head: HEAD,
      widget: tag(null),
      end: element(inbox, 'id="chat" data-turbo-permanent'),
    };
    return {
      '/turbo.js': library('@hotwired/turbo/dist/turbo.es2017-umd.js'),
      '/': { head: HEAD, start: link('/two') },
      '/two': { head: HEAD, start: link('/') },
      '/placed': { ...placed, start: link('/placed-two') },
      '/placed-two': { ...placed, start: link('/placed') },
    };
  },
  async run(visit) {
    await visit.goto();
    await visit.chats();
    await remember(visit);
    await go(visit, '/two', () => visit.use('next'));
    await visit.siteWorks(['field', 'near-left']);
    await visit.say('A word on the second page');
    await visit.isHeard('A word on the second page');
    await visit.shoot('visited');
    // With a copy of the old body.
    await go(visit, '/', () => visit.page.back());
    await visit.look(() => {
      document.querySelector('h1')!.textContent = 'changed';
      const { Turbo } = globalThis as unknown as { Turbo: { visit(to: string, options: object): void } };
      Turbo.visit(location.href, { action: 'replace' });
    });
    await visit.until('it was never morphed', () => document.querySelector('h1')!.textContent !== 'changed');
    await same(visit);
    await visit.say('A word after the morphing');
    await visit.isHeard('A word after the morphing');
    await visit.isQuiet();

    await visit.goto('/placed');
    await visit.isOpen();
    await remember(visit);
    await go(visit, '/placed-two', () => visit.use('next'));
    await visit.say('A word in a permanent element');
    await visit.isHeard('A word in a permanent element');
    await go(visit, '/placed', () => visit.page.back());
    await visit.sees('A word in a permanent element');
    await visit.isQuiet();
  },
};

/** Marks the element, on a page that does not reload. */
export async function remember(visit: Visit): Promise<void> {
  await visit.look(() => {
    Object.assign(globalThis, { remembered: document.querySelector('livechat-widget') });
  });
}

/** Navigates to a path without loading a page. The chat stays. */
export async function go(visit: Visit, path: string, leave: () => Promise<void>): Promise<void> {
  await leave();
  await visit.until(`the page never became ${path}`, (path: string) => location.pathname === path, path);
  await visit.until('the page was never drawn', () => probe.boxes('#next, #link-a').length > 0);
  await same(visit);
}

/** Checks that the element is the marked one, open, and the only one. */
export async function same(visit: Visit): Promise<void> {
  await visit.isOpen();
  const found = await visit.look(() => {
    const widgets = [...document.querySelectorAll('livechat-widget')];
    const { remembered } = globalThis as { remembered?: Element };
    return [widgets.length, widgets[0] === remembered, probe.all('livechat-panel').length];
  });
  assert.deepEqual(found, [1, true, 1]);
}
