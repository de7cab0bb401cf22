import assert from 'node:assert/strict';
import type { HostilePage } from '../kit/hostile-page.ts';
import type { TestPage } from '../kit/test-page.ts';
import type { Visit } from '../kit/visit.ts';

/**
 * Returns a page with an element of the site, or of another widget, over the launcher. It receives clicks.
 */
const over = (zIndex: number, zIndexOfChat?: number): TestPage => ({
  head: `<style>
    #over { position: fixed; right: 0; bottom: 0; inline-size: 80px; block-size: 80px; z-index: ${zIndex}; background: #fd6 }
    ${zIndexOfChat === undefined ? '' : `livechat-widget { --livechat-z-index: ${zIndexOfChat} }`}
  </style>`,
  end: '<div id="over"></div>',
});
const HIGHEST = 2_147_483_647;

/**
 * Elements in the launcher's corner. The higher one receives the clicks, and the page decides which one that
 * is.
 */
export const neighbours: HostilePage = {
  name: 'neighbours',
  about: 'a neighbour that lies over the launcher, with and without a word on --livechat-z-index',
  serve: () => ({
    '/modest': over(1_000_000),
    '/highest': over(HIGHEST),
    '/both-highest': over(HIGHEST, HIGHEST),
    '/site-first': over(10, 9),
  }),
  async run(visit) {
    await visit.goto('/modest');
    await visit.chats();
    await visit.look(() => document.querySelector('livechat-widget')!.removeAttribute('open'));
    // Decision 0010: the default leaves room above it, so the neighbour has the corner.
    for (const path of ['/highest', '/site-first']) {
      await visit.goto(path);
      await neighbourTakesTheClick(visit);
    }
    // Of two equally high elements the later one is on top, and the tag inserts the chat after the body's
    // content.
    await visit.goto('/both-highest');
    await visit.launcherIsThere();
    await visit.open();
    await visit.say('A word above them all');
    await visit.isHeard('A word above them all');
    await visit.shoot('both-highest');
    await visit.isQuiet();
  },
};

async function neighbourTakesTheClick(visit: Visit): Promise<void> {
  const { x, y, width, height } = await visit.box('.launcher');
  await visit.click(x + width / 2, y + height / 2);
  await visit.until('the neighbour never had the click', () => probe.clicks['over'] === 1);
  const isOpen = await visit.look(() => document.querySelector('livechat-widget')!.hasAttribute('open'));
  assert.equal(isOpen, false);
  await visit.isQuiet();
}
