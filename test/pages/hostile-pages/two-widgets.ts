import assert from 'node:assert/strict';
import type { DoctorReport } from '@alur/livechat-widget';
import type { HostilePage } from '../kit/hostile-page.ts';
import { secondInboxOf } from '../kit/stage.ts';

export const twoWidgets: HostilePage = {
  name: 'two-widgets',
  about: 'two widgets of two inboxes, and the script included twice',
  serve: ({ element, tag }, inbox) => ({
    '/': {
      widget: tag(inbox) + tag(inbox),
      end: element(secondInboxOf(inbox), 'position="start" label="Sales"'),
    },
  }),
  async run(visit) {
    await visit.goto();
    // In document order: the one in the body is first.
    for (const [widget, inbox] of [secondInboxOf(visit.inbox), visit.inbox].entries()) {
      visit.widget = widget;
      await visit.launcherIsThere();
      await visit.open();
      await visit.say(`A word for ${inbox}`);
      await visit.isHeard(`A word for ${inbox}`, inbox);
      assert.equal((await visit.stage.heard(inbox)).length, 1);
    }
    assert.equal(await visit.look(() => document.querySelectorAll('livechat-widget').length), 2);
    await visit.shoot('both');
    await visit.siteWorks(['near-left', 'middle']);
    await visit.isQuiet();
    const { checks } = await visit.look(() => probe.ask('doctor') as Promise<DoctorReport>);
    const says = checks.flatMap(({ name, says }) => (name === 'Script' ? [says] : []));
    assert.deepEqual(says, ['livechat.js is on the page 2 times; the first one is used']);
  },
};
