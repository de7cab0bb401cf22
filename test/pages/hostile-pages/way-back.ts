import assert from 'node:assert/strict';
import type { EngineName } from '../../support/engines/engine.ts';
import type { HostilePage } from '../kit/hostile-page.ts';
import type { Visit } from '../kit/visit.ts';

/** Whether an engine keeps a page in its back/forward cache, by the page's content. */
interface Keeps {
  /** Without the widget. If this page is not kept, the widget is not the cause. */
  plain: boolean;
  /** With a widget that was never opened. */
  closed: boolean;
  /** With an open chat and its connection. */
  open: boolean;
}

const KEEPS: Record<EngineName, Keeps> = {
  // Firefox decides before `pagehide`, while the stream is open and the leader's lock is held. Both keep a
  // page out of the cache.
  firefox: { plain: true, closed: true, open: false },
  // WebKit decides after `pagehide`. By then the widget has released both.
  webkit: { plain: true, closed: true, open: true },
  // The headless shell has no back/forward cache.
  chromium: { plain: false, closed: false, open: false },
};

const next = (to: string): string => `<nav><a id="next" href="${to}">next</a></nav>`;

/** Real navigations between pages, and back to a cached page. */
export const wayBack: HostilePage = {
  name: 'way-back',
  about: 'the next page in the middle of a word, and the way back through the back/forward cache',
  serve: () => ({
    '/': { start: next('/two') },
    '/two': { start: next('/') },
    '/closed': { start: next('/plain') },
    '/plain': { start: next('/plain-two'), widget: '' },
    '/plain-two': { start: next('/plain'), widget: '' },
  }),
  async run(visit) {
    const keeps = { ...KEEPS[visit.engine] };
    await visit.goto('/plain');
    await followLink(visit, '/plain-two');
    const plain = await goBack(visit, '/plain');
    // Other builds of Chromium keep pages, so they have to keep those with the widget.
    if (visit.engine === 'chromium') keeps.plain = keeps.closed = keeps.open = plain;
    assert.equal(plain, keeps.plain, 'a page without the widget');

    await visit.goto('/closed');
    await visit.isPrepared();
    await followLink(visit, '/plain');
    assert.equal(await goBack(visit, '/closed'), keeps.closed, 'a page on which the chat was never opened');
    await visit.launcherIsThere();

    await visit.goto();
    await visit.chats();
    // The page is left while a message is being stored.
    await visit.clickOn('[part~=input]');
    await visit.page.type('A word in passing');
    await visit.page.press('Enter');
    await followLink(visit, '/two');
    await visit.isOpen();
    await visit.sees('A word in passing');
    await visit.say('A word on the second page');
    await visit.isHeard('A word in passing');
    await visit.isHeard('A word on the second page');

    assert.equal(await goBack(visit, '/'), keeps.open, 'a page on which the chat is open');
    await visit.isOpen();
    await visit.sees('A word on the second page');
    await visit.stage.reply(visit.inbox, 'Welcome back.');
    await visit.sees('Welcome back.');
    await visit.say('A word on the first page');
    await visit.isHeard('A word on the first page');

    // A sign-out on the next page applies to the cached page too.
    await followLink(visit, '/two');
    await visit.isOpen();
    await visit.look(() => document.querySelector('livechat-widget')!.reset());
    await goBack(visit, '/');
    await visit.until(
      'the page before still shows the conversation',
      () => probe.texts('.bubble').length === 0,
    );
    await visit.isQuiet();
  },
};

/** Follows the page's link to `path`. */
async function followLink(visit: Visit, path: string): Promise<void> {
  await visit.use('next');
  await visit.until('the next page never came', isShown, path);
}

/** Goes back to `path`. Returns whether it came from the cache. */
async function goBack(visit: Visit, path: string): Promise<boolean> {
  await visit.page.back();
  await visit.until('the page before never came back', isShown, path);
  return (await visit.look(() => probe.restored)) === true;
}

/** Runs in the page. */
function isShown(path: string): boolean {
  return location.pathname === path && probe.restored !== null;
}
