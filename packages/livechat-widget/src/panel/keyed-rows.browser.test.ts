import * as fc from 'fast-check';
import { html } from 'lit/html.js';
import { equal, ok } from '../testing/page.ts';
import { KeyedRows } from './keyed-rows.ts';

const words = (text: string) => html`<p>${text}</p>`;
/** A value that cannot be drawn. */
const broken = html`<p class=${{ toString: () => fail() } as never}></p>`;
function fail(): never {
  throw new Error('broken');
}

describe('a list with keys', () => {
  it('has exactly its rows after any changes, in their order, whatever the keys', () => {
    const key = fc.constantFrom('a', 'b', 'c', 'a+', 'd', 'e');
    const draws = fc.array(fc.array(fc.record({ key, fails: fc.nat(9) }), { maxLength: 8 }), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(draws, (lists) => {
        const container = document.createElement('div');
        const list = new KeyedRows(() => words('broken'));
        for (const rows of lists) {
          list.draw(
            container,
            rows.map(({ key, fails }, index) => ({
              key,
              template: fails === 0 ? broken : words(`${key} ${index}`),
            })),
          );
          equal(
            [...container.children].map(({ textContent }) => textContent),
            rows.map(({ key, fails }, index) => (fails === 0 ? 'broken' : `${key} ${index}`)),
          );
        }
      }),
      { numRuns: 200 },
    );
  });

  it('leaves the rows that stay in their places when the first ones go', () => {
    const container = document.createElement('div');
    const list = new KeyedRows(() => words('broken'));
    const draw = (keys: string) =>
      list.draw(
        container,
        [...keys].map((key) => ({ key, template: words(key) })),
      );
    draw('abcd');
    const moved: Node[] = [];
    const stays = container.lastElementChild!;
    const watch = new MutationObserver((records) => moved.push(...records.flatMap((r) => [...r.addedNodes])));
    watch.observe(container, { childList: true });
    draw('cde');
    moved.push(...watch.takeRecords().flatMap((record) => [...record.addedNodes]));
    equal(
      moved.map(({ textContent }) => textContent),
      ['e'],
    );
    ok(stays.isConnected || container.contains(stays));
  });
});
