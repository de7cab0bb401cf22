import assert from 'node:assert/strict';
import type { EngineName } from '../../support/engines/engine.ts';
import type { Setting } from '../kit/setting.ts';
import type { Visit } from '../kit/visit.ts';

/** Whether an engine keeps a page for the way back, by what is on it. */
interface Keeps {
  /** Nothing of ours. The measure: a page that is not kept then is not kept out by the widget. */
  plain: boolean;
  /** A widget that was never opened. */
  closed: boolean;
  /** A chat that is open, its line up. */
  open: boolean;
}

const KEEPS: Record<EngineName, Keeps> = {
  // It asks before `pagehide`, while the stream is open and the lock is held that says which tab has it, and
  // both keep a page out.
  firefox: { plain: true, closed: true, open: false },
  // It asks after `pagehide`, and by then the widget has let go of both.
  webkit: { plain: true, closed: true, open: true },
  // The headless shell has no such cache.
  chromium: { plain: false, closed: false, open: false },
};

const next = (to: string): string => `<nav><a id="next" href="${to}">next</a></nav>`;

/** Real pages, one after the other, and back to one that the browser has put aside. */
export const wayBack: Setting = {
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
    await isLeft(visit, '/plain-two');
    const plain = await isKept(visit, '/plain');
    // Any other Chromium than the headless shell keeps pages, so it has to keep those with the widget.
    if (visit.engine === 'chromium') keeps.plain = keeps.closed = keeps.open = plain;
    assert.equal(plain, keeps.plain, 'a page without the widget');

    await visit.goto('/closed');
    await visit.isPrepared();
    await isLeft(visit, '/plain');
    assert.equal(await isKept(visit, '/closed'), keeps.closed, 'a page on which the chat was never opened');
    await visit.launcherIsThere();

    await visit.goto();
    await visit.chats();
    // The page is left while what was said is being kept.
    await visit.clickOn('[part~=input]');
    await visit.page.type('A word in passing');
    await visit.page.press('Enter');
    await isLeft(visit, '/two');
    await visit.isOpen();
    await visit.sees('A word in passing');
    await visit.say('A word on the second page');
    await visit.isHeard('A word in passing');
    await visit.isHeard('A word on the second page');

    assert.equal(await isKept(visit, '/'), keeps.open, 'a page on which the chat is open');
    await visit.isOpen();
    await visit.sees('A word on the second page');
    await visit.stage.reply(visit.inbox, 'Welcome back.');
    await visit.sees('Welcome back.');
    await visit.say('A word on the first page');
    await visit.isHeard('A word on the first page');
    await visit.isQuiet();
  },
};

/** Follows the page's link to `path`. */
async function isLeft(visit: Visit, path: string): Promise<void> {
  await visit.use('next');
  await visit.until('the next page never came', isShown, path);
}

/** Goes back to `path`, and tells whether it came out of the cache. */
async function isKept(visit: Visit, path: string): Promise<boolean> {
  await visit.page.back();
  await visit.until('the page before never came back', isShown, path);
  return (await visit.look(() => probe.restored)) === true;
}

/** Runs in the page. */
function isShown(path: string): boolean {
  return location.pathname === path && probe.restored !== null;
}
