import assert from 'node:assert/strict';
import type { Setting } from '../kit/setting.ts';
import type { TestPage } from '../kit/test-page.ts';
import type { Visit } from '../kit/visit.ts';

/** Something of the site's, or of another guest's, right over the launcher. It takes clicks. */
const over = (zIndex: number, zIndexOfChat?: number): TestPage => ({
  head: `<style>
    #over { position: fixed; right: 0; bottom: 0; inline-size: 80px; block-size: 80px; z-index: ${zIndex}; background: #fd6 }
    ${zIndexOfChat === undefined ? '' : `livechat-widget { --livechat-z-index: ${zIndexOfChat} }`}
  </style>`,
  end: '<div id="over"></div>',
});
const HIGHEST = 2_147_483_647;

/** Whose is the corner? What lies higher takes the clicks, and which that is, is the page's to say. */
export const neighbours: Setting = {
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
    // Of two that are equally high the later one wins, and the tag puts the chat behind the body.
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
