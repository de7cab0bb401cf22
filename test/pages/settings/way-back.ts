import type { Setting } from '../kit/setting.ts';

/** Real pages, one after the other, and back to one that the browser has put aside. */
export const wayBack: Setting = {
  name: 'way-back',
  about: 'the next page in the middle of a word, and the way back through the back/forward cache',
  serve: () => ({
    '/': { start: '<nav><a id="next" href="/two">next</a></nav>' },
    '/two': { start: '<nav><a id="next" href="/">next</a></nav>' },
  }),
  async run(visit) {
    await visit.goto();
    await visit.chats();
    // The page is left while what was said is being kept.
    await visit.clickOn('[part~=input]');
    await visit.page.type('A word in passing');
    await visit.page.press('Enter');
    await visit.use('next');
    await visit.until('the second page never came', () => location.pathname === '/two');
    await visit.isOpen();
    await visit.sees('A word in passing');
    await visit.say('A word on the second page');
    await visit.isHeard('A word in passing');
    await visit.isHeard('A word on the second page');

    await visit.page.back();
    await visit.until('the first page never came back', () => location.pathname === '/');
    await visit.isOpen();
    await visit.sees('A word on the second page');
    await visit.stage.reply(visit.inbox, 'Welcome back.');
    await visit.sees('Welcome back.');
    await visit.say('A word on the first page');
    await visit.isHeard('A word on the first page');
    const restored = await visit.look(() => probe.restored);
    console.log(`${visit.engine}: the page came ${restored ? 'from the back/forward cache' : 'anew'}`);
    await visit.isQuiet();
  },
};
