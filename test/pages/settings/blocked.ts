import assert from 'node:assert/strict';
import { CDN_FOLDER } from '../../../demo/build.ts';
import type { Setting } from '../kit/setting.ts';
import { BESIDE_CARD } from '../kit/test-page.ts';

/** A blocker, a firewall, a bad day: parts of the widget never come. */
export const blocked: Setting = {
  name: 'blocked',
  about: 'every call of the widget blocked: the host, what the script loads, the script itself',
  serve: ({ deadUrl, tag }, inbox) => {
    const contact = { 'data-contact': 'mailto:help@shop.example' };
    return {
      '/host': { widget: tag(inbox, { ...contact, 'data-host': deadUrl }) },
      '/panel': {
        widget: tag(inbox, { ...contact, 'data-host': deadUrl }).replace(/src="[^"]+"/, 'src="/livechat.js"'),
      },
      '/livechat.js': { file: `${CDN_FOLDER}/livechat.js`, type: '.js' },
      '/script': { widget: tag(inbox).replace(/src="[^"]+"/, `src="${deadUrl}/livechat.js"`) },
    };
  },
  async run(visit) {
    await visit.goto('/host');
    await visit.launcherIsThere();
    await visit.siteWorks();
    await visit.open();
    await visit.until('nothing is said about the line', () => probe.texts('[part~=notice]')[0]);
    await visit.say('Is anybody there?');
    await visit.siteWorks(['link-a', 'field', 'near-left']);
    await visit.shoot('host');
    await visit.isQuiet();

    await visit.goto('/panel');
    await visit.launcherIsThere();
    const isThereAWay = () =>
      visit.until('there is no way to reach anybody', () =>
        probe.all('a').some((link) => link.getAttribute('href') === 'mailto:help@shop.example'),
      );
    // It was open on the page before.
    await isThereAWay();
    await visit.clickOn('.launcher');
    await visit.until('what stands in for it cannot be closed', () => probe.all('.card').length === 0);
    await visit.clickOn('.launcher');
    await isThereAWay();
    await visit.siteWorks(BESIDE_CARD);
    await visit.shoot('panel');
    await visit.isQuiet();

    await visit.goto('/script');
    await visit.siteWorks();
    assert.equal(await visit.look(() => document.querySelector('livechat-widget')), null);
    await visit.isQuiet(0);
  },
};
