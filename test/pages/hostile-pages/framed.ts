import assert from 'node:assert/strict';
import type { HostilePage } from '../kit/hostile-page.ts';

const frame = (src: string, attributes = ''): string =>
  `<iframe src="${src}" ${attributes} style="position:fixed;left:100px;top:60px;width:900px;height:700px;border:3px solid"></iframe>`;

/** The whole site inside a frame of another page. */
export const framed: HostilePage = {
  name: 'framed',
  about: 'the page is inside a frame: of its own origin, of another one, and of none at all',
  serve: (stage, inbox) => {
    const engine = inbox.split('_')[1]!;
    const other = stage.originOf(framed, engine).replace('.localhost', '.other.localhost');
    return {
      '/': { widget: '', start: frame('/inside') },
      '/foreign': { widget: '', start: frame(`${other}/inside`) },
      '/sandboxed': { widget: '', start: frame('/inside', 'sandbox="allow-scripts"') },
      '/inside': {},
    };
  },
  async run(visit) {
    for (const path of ['/', '/foreign', '/sandboxed']) {
      await visit.goto(path);
      // As docs/embedding.md advises when a page must not read the chat: browsers isolate origins.
      const isOpenToThePage = await visit.look(() => !!document.querySelector('iframe')!.contentDocument);
      assert.equal(isOpenToThePage, path === '/');
      await visit.enterFrame();
      await visit.launcherIsThere();
      await visit.siteWorks();
      await visit.open();
      await visit.say(`A word from inside ${path}`);
      await visit.isHeard(`A word from inside ${path}`);
      await visit.shoot(path.slice(1) || 'same');
      await visit.isQuiet();
    }
  },
};
