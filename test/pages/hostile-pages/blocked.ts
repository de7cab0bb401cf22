import assert from 'node:assert/strict';
import { CDN_FOLDER } from '../../../demo/build.ts';
import { strings as en } from '../../../packages/livechat-widget/src/strings/en.ts';
import type { HostilePage } from '../kit/hostile-page.ts';
import { BESIDE_CARD } from '../kit/test-page.ts';
import type { Visit } from '../kit/visit.ts';

const CONTACT = 'mailto:help@shop.example';

/** A blocker, a firewall or an outage: parts of the widget never load. */
export const blocked: HostilePage = {
  name: 'blocked',
  about: 'every call of the widget blocked: the host, what the script loads, the script itself',
  serve: ({ deadUrl, tag, element }, inbox) => {
    const contact = { 'data-contact': CONTACT };
    // As in docs/embedding.md: one script for the whole site, and an element with a contact inside.
    const placed = element(inbox).replace('></', '><a id="write" href="/contact">Write to us</a></');
    const script = tag(null);
    return {
      '/host': { widget: tag(inbox, { ...contact, 'data-host': deadUrl }) },
      '/panel': {
        widget: tag(inbox, { ...contact, 'data-host': deadUrl }).replace(/src="[^"]+"/, 'src="/livechat.js"'),
      },
      '/livechat.js': { file: `${CDN_FOLDER}/livechat.js`, type: '.js' },
      '/script': { widget: script.replace(/src="[^"]+"/, `src="${deadUrl}/livechat.js"`), end: placed },
      '/script-comes': { widget: script, end: placed },
      '/contact': { widget: '', start: '<h1 id="contact">Write to us</h1>' },
    };
  },
  async run(visit) {
    await visit.goto('/host');
    await visit.launcherIsThere();
    await visit.siteWorks();
    await visit.open();
    await saysHowToReachAnybody(visit);
    await visit.say('Is anybody there?');
    await checkUnsent(visit, 'Is anybody there?');
    await visit.siteWorks(['link-a', 'field', 'near-left']);
    await visit.shoot('host');
    await visit.isQuiet();
    // It is stored on the device until the host is reachable.
    await visit.goto('/host');
    await visit.isOpen();
    await checkUnsent(visit, 'Is anybody there?');
    await saysHowToReachAnybody(visit);
    await visit.isQuiet();

    await visit.goto('/panel');
    await visit.launcherIsThere();
    // It was open on the page before.
    await checkContact(visit, '.card a');
    await visit.clickOn('.launcher');
    await visit.until('what stands in for it cannot be closed', () => probe.all('.card').length === 0);
    await visit.clickOn('.launcher');
    await checkContact(visit, '.card a');
    await visit.siteWorks(BESIDE_CARD);
    await visit.shoot('panel');
    await visit.isQuiet();

    await visit.goto('/script');
    await visit.siteWorks();
    assert.equal(await visit.look(() => probe.all('.launcher').length), 0);
    await visit.shoot('script');
    await visit.isQuiet(0);
    await visit.use('write');
    // Load the page completely: Firefox's driver can wait for ever for a navigation during another one.
    await visit.until(
      'the way to reach the shop leads nowhere',
      () => location.pathname === '/contact' && document.readyState === 'complete',
    );

    await visit.goto('/script-comes');
    await visit.launcherIsThere();
    assert.deepEqual(await visit.look(() => probe.seen('#write')), [], 'it is only for want of a script');
    await visit.isQuiet();
  },
};

async function saysHowToReachAnybody(visit: Visit): Promise<void> {
  await visit.until('no connection notice is shown', () => probe.texts('[part~=notice]')[0]);
  await checkContact(visit, '[part~=notice] a');
}

/** Checks that the page's contact is visible among `links` and receives clicks. */
async function checkContact(visit: Visit, links: string): Promise<void> {
  const isReached = (link: string): boolean =>
    probe.seen(link).some(({ x, y, width, height }) => probe.hits(link, x + width / 2, y + height / 2));
  await visit.until('there is no way to reach anybody', isReached, `${links}[href="${CONTACT}"]`);
}

/** Checks that the message is shown as unsent. */
async function checkUnsent(visit: Visit, text: string): Promise<void> {
  const isMarked = ({ text, mark }: { text: string; mark: string }): boolean =>
    probe
      .all('.message')
      .some(
        (message) =>
          message.querySelector('.bubble')?.textContent === text &&
          message.querySelector('.delivery')?.textContent?.trim() === mark,
      );
  await visit.until('what was said is not kept', isMarked, { text, mark: en.queued });
}
