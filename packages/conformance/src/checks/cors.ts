/** CORS: the inbox's own list of origins, and the inbox's own preflight. */
import { check, type Kit } from '../kit/check.ts';
import { expectEqual, expectProblem, expectStatus, expectThat } from '../kit/expect.ts';
import type { Answer } from '../kit/answer.ts';

const SHOP = 'https://shop.example';
const ADMIN = 'https://admin.shop.example:8443';
const STRANGERS = [
  'https://evil.example',
  'http://shop.example',
  'https://shop.example:8443',
  'https://shop.example.evil.example',
  'https://evilshop.example',
  'https://admin.shop.example',
  'null',
];

async function withOrigins(kit: Kit, run: () => Promise<void>): Promise<void> {
  await kit.account.updateInbox({ origins: [SHOP, ADMIN] });
  try {
    await run();
  } finally {
    await kit.account.updateInbox({ origins: [] });
  }
}

const preflight = (
  kit: Kit,
  path: string,
  origin: string,
  method: string,
  headers: string,
): Promise<Answer> =>
  kit.host.send('OPTIONS', path, {
    headers: {
      origin,
      'access-control-request-method': method,
      'access-control-request-headers': headers,
    },
  });

const allowed = (answer: Answer): string | null => answer.headers.get('access-control-allow-origin');

const words = (answer: Answer, header: string): string[] =>
  (answer.headers.get(header) ?? '').split(',').map((word) => word.trim().toLowerCase());

/** Checks a preflight response as a browser does. */
function expectAllowed(answer: Answer, origin: string, method: string, headers: string[]): void {
  expectStatus(answer, [200, 204], 'the preflight');
  expectEqual(allowed(answer), origin, 'Access-Control-Allow-Origin');
  expectEqual(
    answer.headers.get('access-control-allow-credentials'),
    null,
    'Access-Control-Allow-Credentials',
  );
  expectThat(words(answer, 'vary').includes('origin'), 'Vary: Origin', answer.headers.get('vary'));
  // GET, HEAD and POST are always allowed by the fetch standard.
  const methods = words(answer, 'access-control-allow-methods');
  expectThat(
    ['GET', 'HEAD', 'POST'].includes(method) || methods.includes(method.toLowerCase()),
    `Access-Control-Allow-Methods with ${method}`,
    methods,
  );
  const granted = words(answer, 'access-control-allow-headers');
  for (const header of headers)
    expectThat(granted.includes(header), `Access-Control-Allow-Headers with ${header}`, granted);
}

export const corsChecks = [
  check('cors/preflight', 'info', "a preflight is answered for exactly the inbox's origins", (kit) =>
    withOrigins(kit, async () => {
      const base = `/v1/widget/${kit.account.inbox.id}`;
      for (const origin of [SHOP, ADMIN])
        for (const [path, method, headers] of [
          ['/turns', 'POST', ['authorization', 'content-type']],
          ['/visitors', 'POST', ['content-type']],
          ['/conversation', 'GET', ['authorization']],
          ['/stream', 'GET', ['authorization', 'last-event-id']],
          ['/attachments', 'POST', ['authorization', 'content-type', 'alur-file-name']],
        ] as const) {
          const answer = await preflight(kit, base + path, origin, method, headers.join(','));
          expectAllowed(answer, origin, method, [...headers]);
        }
      const answer = await preflight(kit, `${base}/turns`, SHOP, 'POST', 'authorization,content-type');
      expectEqual(answer.headers.get('access-control-max-age'), '7200', 'Access-Control-Max-Age');
    }),
  ),
  check('cors/strangers', 'info', "no other origin is allowed, however like the inbox's it looks", (kit) =>
    withOrigins(kit, async () => {
      const base = `/v1/widget/${kit.account.inbox.id}`;
      for (const origin of STRANGERS) {
        const asked = await preflight(kit, `${base}/turns`, origin, 'POST', 'authorization,content-type');
        expectEqual(allowed(asked), null, `Access-Control-Allow-Origin of a preflight from ${origin}`);
        const created = await kit.host.call('createVisitor', {
          path: { inboxId: kit.account.inbox.id },
          headers: { origin },
          body: {},
        });
        expectProblem(created, 403, 'origin_not_allowed', `createVisitor from ${origin}`);
        expectEqual(allowed(created), null, `Access-Control-Allow-Origin of an answer to ${origin}`);
      }
      const config = await kit.host.call('getWidgetConfig', {
        path: { inboxId: kit.account.inbox.id },
        headers: { origin: STRANGERS[0]! },
      });
      expectProblem(config, 403, 'origin_not_allowed', 'getWidgetConfig from a stranger');
    }),
  ),
  check(
    'cors/answers',
    'info',
    'answers and problems can be read by the page, with the headers it needs',
    (kit) =>
      withOrigins(kit, async () => {
        const path = { inboxId: kit.account.inbox.id };
        const headers = { origin: SHOP };
        const config = await kit.host.call('getWidgetConfig', { path, headers });
        expectStatus(config, 200, 'getWidgetConfig');
        const created = await kit.host.call('createVisitor', { path, headers, body: {} });
        expectStatus(created, 201, 'createVisitor');
        const refused = await kit.host.call('getVisitorConversation', { path, headers, token: 'wrong' });
        expectStatus(refused, 401, 'getVisitorConversation');
        const invalid = await kit.host.call('createVisitor', { path, headers, body: { identity: 1 } });
        expectStatus(invalid, 400, 'createVisitor with a wrong body');
        for (const answer of [config, created, refused, invalid]) {
          expectEqual(allowed(answer), SHOP, `Access-Control-Allow-Origin of a ${answer.status}`);
          expectThat(words(answer, 'vary').includes('origin'), 'Vary: Origin', answer.headers.get('vary'));
          expectEqual(
            answer.headers.get('access-control-allow-credentials'),
            null,
            'Access-Control-Allow-Credentials',
          );
          const exposed = words(answer, 'access-control-expose-headers');
          expectThat(
            exposed.includes('retry-after'),
            'Access-Control-Expose-Headers with Retry-After',
            exposed,
          );
        }
      }),
  ),
  check('cors/any', 'Inbox.origins', 'an inbox without a list may be embedded anywhere', async (kit) => {
    const path = { inboxId: kit.account.inbox.id };
    const origin = 'https://anywhere.example';
    const answer = await kit.host.call('getWidgetConfig', { path, headers: { origin } });
    expectStatus(answer, 200, 'getWidgetConfig');
    expectThat(
      [origin, '*'].includes(allowed(answer) ?? ''),
      `Access-Control-Allow-Origin ${origin} or *`,
      allowed(answer),
    );
    const asked = await preflight(
      kit,
      `/v1/widget/${path.inboxId}/turns`,
      origin,
      'POST',
      'authorization,content-type',
    );
    expectThat(
      [origin, '*'].includes(allowed(asked) ?? ''),
      `Access-Control-Allow-Origin ${origin} or *`,
      allowed(asked),
    );
    expectEqual(
      asked.headers.get('access-control-allow-credentials'),
      null,
      'Access-Control-Allow-Credentials',
    );
  }),
];
