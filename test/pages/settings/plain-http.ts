import assert from 'node:assert/strict';
import type { Setting } from '../kit/setting.ts';

/** No Web Locks, no `crypto.randomUUID`, no `crypto.subtle`. */
export const plainHttp: Setting = {
  name: 'plain-http',
  about: 'a page without https',
  insecure: true,
  serve: ({ tag }, inbox) => ({
    '/': {
      widget: tag(inbox, { 'data-host': 'http://host.test' }).replace(
        /src="[^"]+"/,
        'src="http://cdn.test/livechat.js"',
      ),
    },
  }),
  async run(visit) {
    await visit.wholeJob();
    const missing = await visit.look(() => [
      isSecureContext,
      'locks' in navigator && navigator.locks !== undefined,
      'randomUUID' in crypto,
    ]);
    assert.deepEqual(missing, [false, false, false]);
  },
};
