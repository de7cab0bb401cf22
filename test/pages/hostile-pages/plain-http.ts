import assert from 'node:assert/strict';
import type { HostilePage } from '../kit/hostile-page.ts';
import { GREETING } from '../kit/workspace.ts';

/** No Web Locks, no `crypto.randomUUID`, no `crypto.subtle`. */
export const plainHttp: HostilePage = {
  name: 'plain-http',
  about: 'a page without https, the next one, and one beside it',
  insecure: true,
  serve: ({ tag }, inbox) => {
    const page = {
      widget: tag(inbox, { 'data-host': 'http://host.test' }).replace(
        /src="[^"]+"/,
        'src="http://cdn.test/livechat.js"',
      ),
    };
    return { '/': page, '/two': page };
  },
  async run(visit) {
    await visit.wholeJob();
    // The next page of the site: open as before, with the messages of the same visitor.
    await visit.goto('/two');
    await visit.isOpen();
    await visit.sees(GREETING);
    await visit.say('A word on the second page');
    await visit.isHeard('A word on the second page');
    // A second tab: without Web Locks they take turns, and each shows the messages of the other.
    const [second, third] = [visit.page, await visit.visitor.page()];
    visit.page = third;
    await visit.goto('/two');
    await visit.sees('A word on the second page');
    await visit.say('A word in another tab');
    await visit.isHeard('A word in another tab');
    await visit.isQuiet();
    visit.page = second;
    await visit.sees('A word in another tab');
    await visit.isQuiet();
    const missing = await visit.look(() => [
      isSecureContext,
      'locks' in navigator && navigator.locks !== undefined,
      'randomUUID' in crypto,
    ]);
    assert.deepEqual(missing, [false, false, false]);
  },
};
