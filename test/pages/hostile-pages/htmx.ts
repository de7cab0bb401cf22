import assert from 'node:assert/strict';
import { library } from '../kit/library.ts';
import type { HostilePage } from '../kit/hostile-page.ts';
import type { Served } from '../kit/served.ts';
import type { TestPage } from '../kit/test-page.ts';
import { go, remember, same } from './turbo.ts';

const VERSIONS = { 4: 'htmx.org/dist/htmx.js', 2: 'htmx-2/dist/htmx.js' };

/** The real htmx, in the most common version and in the newest. */
export const htmx: HostilePage = {
  name: 'htmx',
  about:
    'htmx: boosted links, the parent of the element swapped out from under it, and the element preserved',
  serve: ({ tag, element }, inbox) => {
    const served: Served = {};
    for (const [version, file] of Object.entries(VERSIONS)) {
      const head = `<script src="/htmx-${version}.js"></script>`;
      const boosted = (to: string): TestPage => ({
        head,
        bodyAttributes: 'hx-boost="true" hx-boost:inherited="true"',
        start: `<nav><a id="next" href="${to}">next</a></nav>`,
      });
      const holder = (name: string): string => `<div id="holder" class="${name}">${element(inbox)}</div>`;
      const preserved = (name: string): string =>
        `<div id="holder" class="${name}">${element(inbox, 'id="chat" hx-preserve')}</div>`;
      served[`/htmx-${version}.js`] = library(file);
      served[`/${version}`] = boosted(`/${version}/two`);
      served[`/${version}/two`] = boosted(`/${version}`);
      served[`/${version}/placed`] = {
        head,
        widget: tag(null),
        start: `<button id="next" hx-get="/fragment" hx-target="#holder" hx-swap="outerHTML">swap</button>`,
        end: holder('old'),
      };
      served[`/${version}/preserved`] = {
        head,
        widget: tag(null),
        start: `<button id="next" hx-get="/preserved" hx-target="#holder" hx-swap="outerHTML">swap</button>`,
        end: preserved('old'),
      };
      served['/preserved'] = { body: preserved('new'), type: '.html' };
      served['/fragment'] = { body: holder('new'), type: '.html' };
    }
    return served;
  },
  async run(visit) {
    for (const version of Object.keys(VERSIONS)) {
      await visit.goto(`/${version}`);
      if (version === '2') await visit.chats();
      else await visit.isOpen();
      await remember(visit);
      await go(visit, `/${version}/two`, () => visit.use('next'));
      await visit.say(`A word after ${version} was boosted`);
      await visit.isHeard(`A word after ${version} was boosted`);
      await visit.isQuiet();

      await visit.goto(`/${version}/placed`);
      await visit.isOpen();
      await visit.use('next');
      await visit.until('it was never swapped', () => document.querySelector('#holder.new'));
      await visit.isOpen();
      await visit.sees(`A word after ${version} was boosted`);
      await visit.say(`A word after ${version} was swapped`);
      await visit.isHeard(`A word after ${version} was swapped`);
      const left = await visit.look(() => [
        document.querySelectorAll('livechat-widget').length,
        probe.all('livechat-panel').length,
      ]);
      assert.deepEqual(left, [1, 1]);
      await visit.siteWorks(['link-a', 'field', 'near-left']);
      await visit.isQuiet();

      const half = `Half a word on ${version}`;
      await visit.goto(`/${version}/preserved`);
      await visit.isOpen();
      await remember(visit);
      await visit.clickOn('[part~=input]');
      await visit.page.type(half);
      await visit.use('next');
      await visit.until('it was never swapped', () => document.querySelector('#holder.new'));
      await same(visit);
      await visit.until(
        'what was being typed is gone',
        (half: string) =>
          probe.all('textarea').some((field) => (field as HTMLTextAreaElement).value === half),
        half,
      );
      await visit.clickOn('[part~=input]');
      await visit.page.press('Enter');
      await visit.isHeard(half);
      await visit.isQuiet();
    }
  },
};
