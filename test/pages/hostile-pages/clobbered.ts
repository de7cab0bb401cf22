import type { HostilePage } from '../kit/hostile-page.ts';

/** Elements whose names hide the browser's own properties. */
export const clobbered: HostilePage = {
  name: 'clobbered',
  about: 'elements that are called body, head, title, cookie, livechat, currentScript',
  serve: ({ tag }, inbox) => ({
    // The script has to find its own tag, even after an element of that name.
    '/named': { widget: '', end: `<img name="currentScript" alt="">${tag(inbox)}` },
    '/': {
      start: `
        <form id="livechat" name="livechat"><input name="q"><input name="length"></form>
        <form name="body"><input name="append"></form>
        <img name="head" alt=""><img name="title" alt=""><img name="cookie" alt="">
        <img name="activeElement" alt=""><img name="visibilityState" alt=""><img name="readyState" alt="">
        <a id="customElements"></a><a id="navigator"></a><a id="crypto"></a><a id="indexedDB"></a>`,
    },
  }),
  async run(visit) {
    await visit.wholeJob();
    await visit.goto('/named');
    // It was open on the page before.
    await visit.isOpen();
    await visit.say('A word behind an image');
    await visit.isHeard('A word behind an image');
    await visit.isQuiet();
  },
};
