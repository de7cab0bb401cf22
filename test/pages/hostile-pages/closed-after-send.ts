import assert from 'node:assert/strict';
import { countFor, isFull } from '../../support/run-size.ts';
import type { HostilePage } from '../kit/hostile-page.ts';

/** Row 39 of the fault matrix asks for a hundred (`npm run test:long`). */
const TIMES = countFor({ test: 5, ci: 20, long: 100 });

export const closedAfterSend: HostilePage = {
  name: 'closed-after-send',
  about: `a page closed right after Enter, ${TIMES} times`,
  serve: () => ({ '/': {} }),
  async run(visit) {
    const words = Array.from({ length: TIMES }, (_, i) => `Last word ${i + 1}`);
    const first = visit.page;
    for (const text of words) {
      visit.page = await visit.visitor.page();
      await visit.goto();
      await visit.open();
      // Faster than any typing: the device's storage is open by then.
      await visit.until('the line never stood', () => {
        const [widget] = document.getElementsByTagName('livechat-widget');
        return (widget as unknown as { status: string }).status === 'online';
      });
      await visit.clickOn('[part~=input]');
      await visit.page.type(text);
      await visit.page.press('Enter');
      await visit.page.close();
    }
    const before = new Set(await visit.stage.heard(visit.inbox)).size;
    visit.page = first;
    await visit.goto();
    await visit.open();
    for (const text of words) await visit.isHeard(text);
    const heard = await visit.stage.heard(visit.inbox);
    console.log(
      `${visit.engine}: ${before} of ${TIMES} had arrived before the next visit, ${heard.length} after it`,
    );
    assert.equal(heard.length, TIMES);
    // With a small count, one more or less has no meaning.
    if (isFull)
      assert.ok(before >= TIMES * 0.9, `only ${before} of ${TIMES} had arrived before the next visit`);
    await visit.isQuiet();
  },
};
