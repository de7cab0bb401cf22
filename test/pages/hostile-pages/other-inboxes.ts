import assert from 'node:assert/strict';
import type { HostilePage } from '../kit/hostile-page.ts';

/** The tag is correct, but this page has no chat. */
export const otherInboxes: HostilePage = {
  name: 'other-inboxes',
  about: 'an inbox of another type, a refused origin, an inbox that does not exist',
  serve: ({ tag }) => ({
    '/whatsapp': { widget: tag('inb_whatsapp') },
    '/elsewhere': { widget: tag('inb_elsewhere', { 'data-contact': 'tel:+62123' }) },
    '/nowhere': { widget: tag('inb_nowhere', { 'data-contact': 'tel:+62123' }) },
  }),
  async run(visit) {
    await visit.goto('/whatsapp');
    await visit.until('nothing was announced', () => probe.complaints.warnings.length);
    await visit.siteWorks();
    assert.equal(await visit.look(() => probe.boxes('.launcher').some(({ width }) => width > 0)), false);
    await visit.isQuiet();

    for (const path of ['/elsewhere', '/nowhere']) {
      await visit.goto(path);
      await visit.launcherIsThere();
      await visit.siteWorks(['link-a', 'field', 'near-left']);
      await visit.clickOn('.launcher');
      await visit.until('nothing is said in the panel', () =>
        probe.texts('.greeting')[0]?.includes('The chat is not available on this page.'),
      );
      await visit.until('there is no way to reach anybody', () =>
        probe.all('a').some((link) => link.getAttribute('href') === 'tel:+62123'),
      );
      await visit.shoot(path.slice(1));
      await visit.isQuiet();
    }
  },
};
