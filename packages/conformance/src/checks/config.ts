/** The public API without a token: the configuration and the public flow. */
import type { Flow } from '@alur/flow';
import type { Inbox, WidgetConfig } from '@alur/protocol';
import { check } from '../kit/check.ts';
import { expectEqual, expectProblem, expectStatus, expectThat, NotRun } from '../kit/expect.ts';
import { deskFlow, lineFlow } from '../kit/flows.ts';
import { offsetIn } from '../kit/offset-in.ts';

const DAY = 86_400_000;
const SECRET_FIELDS = new Set([
  'url',
  'labelIds',
  'agentIds',
  'teamIds',
  'aiAgentId',
  'title',
  'note',
  'examples',
]);

/** Yields every property name in a value, at any depth. */
function* names(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (!Array.isArray(value)) yield name;
    yield* names(inner);
  }
}

export const configChecks = [
  check(
    'config/public',
    'getWidgetConfig',
    'the configuration is public, cacheable and contains the host’s time',
    async (kit) => {
      const flow = await kit.account.serve(deskFlow(kit.account));
      const path = { inboxId: kit.account.inbox.id };
      const answer = await kit.host.call('getWidgetConfig', { path });
      expectStatus(answer, 200, 'getWidgetConfig');
      const config = answer.body as WidgetConfig;
      expectEqual(config.inbox.id, path.inboxId, 'inbox.id');
      expectEqual(config.flow, flow, 'flow: the live version of the selected flow');
      const cache = answer.headers.get('cache-control') ?? '';
      expectThat(
        /\bpublic\b/.test(cache) && /\bmax-age=60\b/.test(cache),
        'Cache-Control: public, max-age=60',
        cache,
      );
      const date = Date.parse(answer.headers.get('date') ?? '');
      if (date) {
        const off = Math.abs(Date.parse(config.serverTime) - date);
        expectThat(off < 5000, "serverTime within 5 s of the answer's Date", `${off} ms off`);
      }
    },
  ),
  check(
    'config/etag',
    'getWidgetConfig',
    'an unchanged configuration is 304, a changed one is not',
    async (kit) => {
      const { account, host } = kit;
      await account.serve(deskFlow(account));
      const path = { inboxId: account.inbox.id };
      const etag = (await host.call('getWidgetConfig', { path })).headers.get('etag');
      expectThat(!!etag, 'an ETag', etag);
      const same = await host.call('getWidgetConfig', { path, headers: { 'if-none-match': etag! } });
      expectStatus(same, 304, 'with If-None-Match');
      await account.serve(lineFlow(account, 'lain'));
      const other = await host.call('getWidgetConfig', { path, headers: { 'if-none-match': etag! } });
      expectStatus(other, 200, 'after another flow was selected');
    },
  ),
  check(
    'config/zones',
    'WidgetConfig.zones',
    'zone tables cover 400 days of every zone that the flow tests',
    async (kit) => {
      const { account, host } = kit;
      const zone = 'Europe/Berlin';
      const cards = {
        start: { kind: 'start', next: ['hours', 'rest'] },
        hours: {
          kind: 'condition',
          test: { kind: 'first-message-time', windows: [{ from: '09:00', to: '17:00' }], timeZone: zone },
          next: ['a'],
        },
        rest: { kind: 'else', next: ['b'] },
        a: lineFlow(account, '')['people']!,
        b: lineFlow(account, '')['people']!,
      };
      await account.serve(cards);
      const answer = await host.call('getWidgetConfig', { path: { inboxId: account.inbox.id } });
      const { zones, serverTime } = answer.body as WidgetConfig;
      const table = zones[zone];
      expectThat(!!table && table.length > 0, `a table for ${zone}`, zones);
      const now = Date.parse(serverTime);
      const starts = table.map(([from]) => from);
      expectThat(starts[0]! <= now, 'a table that begins before now', starts);
      expectEqual(
        starts,
        starts.toSorted((a, b) => a - b),
        'entries in order of time',
      );
      // Berlin changes its clock twice a year: 400 days contain at least two changes of one hour.
      const changes = starts.filter((from) => from > now && from <= now + 400 * DAY);
      expectThat(changes.length >= 2, 'both changes of the clock within 400 days', starts);
      const offsetAt = (at: number): number => table.findLast(([from]) => from <= at)![1];
      for (const at of [now, now + 100 * DAY, now + 200 * DAY, now + 300 * DAY, now + 399 * DAY])
        expectEqual(
          offsetAt(at),
          offsetIn(zone, at),
          `offset of ${zone} at ${new Date(at).toISOString()}, minutes`,
        );
    },
  ),
  check(
    'config/inbox-type',
    'inbox_type',
    'an inbox that is not Web Livechat is 409 inbox_type',
    async (kit) => {
      const other = kit.account.inboxes.find(({ type }) => type !== 'web-livechat');
      if (!other) throw new NotRun('every inbox of the account is web-livechat');
      const answer = await kit.host.call('getWidgetConfig', { path: { inboxId: other.id } });
      expectProblem(answer, 409, 'inbox_type', 'getWidgetConfig');
    },
  ),
  check(
    'config/public-flow',
    'getPublicFlow',
    'the public flow contains no agents, teams, labels or addresses',
    async (kit) => {
      const { account, host } = kit;
      const cards = deskFlow(account);
      const extra = { examples: [{ id: 'e1', name: 'secret example', inputs: [], expect: {} }] };
      const withHook = {
        ...cards,
        mark: { ...cards['mark']!, next: ['hook'], title: 'secret title', note: 'secret note' },
        hook: { kind: 'webhook', url: 'https://hooks.example/secret-path', next: ['thanks'] },
      };
      const flow = await account.serve(withHook, extra);
      const answer = await host.call('getPublicFlow', {
        path: { inboxId: account.inbox.id, flowId: flow.id, version: flow.version },
      });
      expectStatus(answer, 200, 'getPublicFlow');
      const cache = answer.headers.get('cache-control') ?? '';
      expectThat(
        /\bimmutable\b/.test(cache) && /\bmax-age=\d{6,}\b/.test(cache),
        'Cache-Control: immutable, a long max-age',
        cache,
      );
      const leaked = [...names(answer.body)].filter((name) => SECRET_FIELDS.has(name));
      expectEqual(leaked, [], 'fields that are not for visitors');
      const secrets = [
        'secret',
        account.agents[0]!.id,
        account.agents[1]!.id,
        account.labels[0]!.id,
        account.labels[1]!.id,
      ];
      expectEqual(
        secrets.filter((secret) => answer.text.includes(`"${secret}`) || answer.text.includes(`/${secret}`)),
        [],
        'secrets in the body',
      );
      const { cards: shown } = answer.body as Flow;
      expectEqual(Object.keys(shown).toSorted(), Object.keys(withHook).toSorted(), 'ids of the cards');
      expectEqual((shown['ask'] as { text?: string }).text, cards['ask']!['text'], 'text of a buttons card');
    },
  ),
  check(
    'config/public-flow-served',
    'getPublicFlow',
    'only versions that the inbox serves or served are answered',
    async (kit) => {
      const { account, host } = kit;
      const flow = await account.createFlow(lineFlow(account, 'hidup'));
      const { id } = flow.summary;
      const read = (version: number, flowId = id): ReturnType<typeof host.call> =>
        host.call('getPublicFlow', { path: { inboxId: account.inbox.id, flowId, version } });
      expectProblem(await read(1), 404, 'not_found', 'a flow that was never selected');
      await account.select(id);
      expectStatus(await read(1), 200, 'its live version');
      const draft = await account.saveVersion(id, 1, { flow: flow.newest.flow, live: false });
      expectStatus(draft, 201, 'saveFlowVersion');
      expectProblem(await read(2), 404, 'not_found', 'a draft');
      expectProblem(await read(99), 404, 'not_found', 'a version that is not there');
      await account.select(null);
      expectStatus(await read(1), 200, 'a version that the inbox served before');
    },
  ),
  check(
    'config/office-hours',
    'WidgetConfig.officeHours',
    'office hours are UTC time ranges for two weeks ahead',
    async (kit) => {
      const { account, host } = kit;
      const path = { inboxId: account.inbox.id };
      const told = async (): Promise<WidgetConfig> => {
        const answer = await host.call('getWidgetConfig', { path });
        expectStatus(answer, 200, 'getWidgetConfig');
        return answer.body as WidgetConfig;
      };
      const hours = {
        timeZone: 'Asia/Jakarta',
        ranges: [
          { from: '09:00', to: '12:00' },
          { from: '12:00', to: '13:30' },
          { from: '22:00', to: '01:00' },
        ],
      };
      try {
        await account.updateInbox({ officeHours: hours });
        const inbox = (await host.call('getInbox', { path })).body as Inbox;
        expectEqual(inbox.officeHours, hours, 'officeHours of the inbox');
        const { officeHours = [], serverTime } = await told();
        // Asia/Jakarta has been at UTC+7 since 1964.
        const wrong = officeHours.filter(([from, to]) => {
          const clock = new Date(from! + 7 * 3_600_000).toISOString().slice(11, 16);
          const ms = { '09:00': 4.5 * 3_600_000, '22:00': 3 * 3_600_000 }[clock];
          // The first and the last can be cut off.
          return to! - from! !== ms && from !== officeHours[0]![0] && to !== officeHours.at(-1)![1];
        });
        expectEqual(wrong, [], 'stretches that are neither 09:00 to 13:30 nor 22:00 to 01:00 in Jakarta');
        const starts = officeHours.map(([from]) => from!);
        expectEqual(
          starts,
          starts.toSorted((a, b) => a - b),
          'the earliest first',
        );
        const ahead = (officeHours.at(-1)?.[1] ?? 0) - Date.parse(serverTime);
        expectThat(ahead > 13 * DAY, 'stretches up to two weeks ahead', `${Math.round(ahead / DAY)} days`);
        await account.updateInbox({ officeHours: null });
        expectEqual((await told()).officeHours, undefined, 'officeHours of an inbox that keeps none');
        const bad = await host.call('updateInbox', {
          path,
          body: { officeHours: { timeZone: 'Asia/Atlantis', ranges: [] } },
        });
        expectProblem(bad, 400, 'invalid_request', 'a zone that does not exist');
      } finally {
        await account.updateInbox({ officeHours: account.inbox.officeHours ?? null });
      }
    },
  ),
];
