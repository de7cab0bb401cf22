/** Flows and their versions: nothing is lost, nothing is refused for its content, one save wins. */
import type {
  FlowDetail,
  FlowVersion,
  FlowVersionSummary,
  ProblemDetails,
  SavedVersion,
} from '@alur/protocol';
import { document, listAll } from '../kit/account.ts';
import { check } from '../kit/check.ts';
import { expectEqual, expectProblem, expectStatus, expectThat } from '../kit/expect.ts';
import { deskFlow, lineFlow } from '../kit/flows.ts';

const STRONG = /^"[^"]+"$/;

export const flowChecks = [
  check(
    'flows/create',
    'createFlow',
    'a new flow is a lone Start Point, a draft until it leads somewhere',
    async (kit) => {
      const { host } = kit;
      const answer = await host.call('createFlow', { body: { name: 'Conformance: empty' } });
      expectStatus(answer, 201, 'createFlow');
      const { summary, newest } = answer.body as FlowDetail;
      expectEqual(
        Object.values(newest.flow.cards).map(({ kind }) => kind),
        ['start'],
        'kinds of its cards',
      );
      expectEqual([newest.version, newest.live, summary.live], [1, false, null], 'version and live');
      expectThat(
        newest.problems.some(({ code }) => code === 'unfinished-path'),
        'the problem unfinished-path',
        newest.problems,
      );
      expectThat(STRONG.test(answer.headers.get('etag') ?? ''), 'a strong ETag', answer.headers.get('etag'));
      const read = await host.call('getFlow', { path: { flowId: summary.id } });
      expectEqual(read.headers.get('etag'), answer.headers.get('etag'), 'ETag of getFlow');
    },
  ),
  check('flows/import', 'createFlow', 'an imported document keeps everything but its id', async (kit) => {
    const { account } = kit;
    const cards = { ...lineFlow(account, 'halo') };
    cards['line'] = { ...cards['line']!, 'x-partner': { kept: [1, 2] }, note: 'catatan' };
    const one = await account.createFlow(cards, { 'x-meta': 'kept' });
    const two = await account.createFlow(cards, { 'x-meta': 'kept' });
    expectThat(one.summary.id !== two.summary.id, 'two flows', one.summary.id);
    expectEqual(one.newest.flow.id, one.summary.id, "the document's id");
    expectEqual(one.newest.flow.cards, cards, 'cards');
    expectEqual(
      (one.newest.flow as unknown as Record<string, unknown>)['x-meta'],
      'kept',
      'an unknown property',
    );
    expectEqual([one.newest.live, one.summary.live], [true, 1], 'live at once, without errors');
  }),
  check(
    'flows/invalid',
    'flow_invalid',
    'a document that does not parse is 422 with its problems',
    async (kit) => {
      const { account, host } = kit;
      for (const [what, cards] of [
        ['a card that is missing', { start: { kind: 'start', next: ['gone'] } }],
        [
          'two parents',
          { start: { kind: 'start', next: ['a'] }, a: { kind: 'message', text: 'x', next: ['a'] } },
        ],
        ['no start', { a: { kind: 'message', text: 'x', next: [] } }],
        ['a wrong type', { start: { kind: 'start', next: 'a' } }],
      ] as [string, object][]) {
        const answer = await host.call('createFlow', {
          body: { name: 'Conformance: wrong', flow: document(cards as never, 'x') },
        });
        expectProblem(answer, 422, 'flow_invalid', what);
        expectThat(
          ((answer.body as ProblemDetails).problems ?? []).length > 0,
          `${what}: problems`,
          answer.body,
        );
      }
      const flow = await account.createFlow(lineFlow(account, 'x'));
      const save = await account.saveVersion(flow.summary.id, flow.etag, {
        flow: document({ start: { kind: 'start', next: ['gone'] } }, 'x'),
      });
      expectProblem(save, 422, 'flow_invalid', 'a save');
      for (const name of ['', '   ', 'x'.repeat(101)])
        expectProblem(
          await host.call('createFlow', { body: { name } }),
          400,
          'invalid_request',
          `the name ${JSON.stringify(name.slice(0, 5))}`,
        );
    },
  ),
  check(
    'flows/if-match',
    'saveFlowVersion',
    'a save without If-Match is 428, with a stale one 412 with the other version',
    async (kit) => {
      const { account, host } = kit;
      const flow = await account.createFlow(lineFlow(account, 'satu'));
      const flowId = flow.summary.id;
      const body = { flow: { ...flow.newest.flow, cards: lineFlow(account, 'dua') } };
      expectProblem(
        await account.saveVersion(flowId, null, body),
        428,
        'precondition_required',
        'without If-Match',
      );
      const saved = await account.saveVersion(flowId, flow.etag, body);
      expectStatus(saved, 201, 'with the newest ETag');
      expectEqual((saved.body as SavedVersion).version, 2, 'version');
      const etag = saved.headers.get('etag') ?? '';
      expectThat(STRONG.test(etag) && etag !== flow.etag, 'another strong ETag', etag);
      for (const stale of [flow.etag, `W/${etag}`, '"nothing"']) {
        const answer = await account.saveVersion(flowId, stale, body);
        expectProblem(answer, 412, 'version_conflict', `If-Match: ${stale}`);
        const { current } = answer.body as ProblemDetails;
        expectEqual(
          [current?.summary.version, current?.newest.version],
          [2, 2],
          'current: the other version',
        );
        expectEqual(current?.newest.flow.cards, body.flow.cards, "current: the other version's cards");
      }
      expectStatus(await account.saveVersion(flowId, etag, body), 201, 'with the ETag of the save before');
      const list = await listAll<FlowVersionSummary>(host, 'listFlows');
      expectThat(list.length > 0, 'flows are listed', list.length);
    },
  ),
  check('flows/one-winner', 'saveFlowVersion', 'of 16 saves at once exactly one wins', async (kit) => {
    const { account, host } = kit;
    const flow = await account.createFlow(lineFlow(account, 'awal'));
    const flowId = flow.summary.id;
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, index) =>
        account.saveVersion(flowId, flow.etag, {
          flow: { ...flow.newest.flow, cards: lineFlow(account, `simpan ${index}`) },
        }),
      ),
    );
    const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b);
    expectEqual(statuses, [201, ...Array.from({ length: 15 }, () => 412)], 'statuses');
    const read = await host.call('getFlow', { path: { flowId } });
    const { newest } = read.body as FlowDetail;
    const winner = answers.findIndex(({ status }) => status === 201);
    expectEqual(newest.version, 2, 'newest version');
    expectEqual(
      newest.flow.cards['line'],
      lineFlow(account, `simpan ${winner}`)['line'],
      "the winner's text",
    );
  }),
  check(
    'flows/drafts',
    'rule 11',
    'errors and `live: false` make drafts; the live version stays',
    async (kit) => {
      const { account, host } = kit;
      const flow = await account.createFlow(lineFlow(account, 'satu'));
      const flowId = flow.summary.id;
      const broken = { ...flow.newest.flow, cards: { start: { kind: 'start', next: [] } } };
      const two = await account.saveVersion(flowId, flow.etag, { flow: broken });
      expectStatus(two, 201, 'a save with errors');
      const saved = two.body as SavedVersion;
      expectEqual(saved.live, false, 'live');
      expectThat(
        saved.problems.some(({ severity }) => severity === 'error'),
        'its errors',
        saved.problems,
      );
      const three = await account.saveVersion(flowId, two.headers.get('etag'), {
        flow: { ...flow.newest.flow, cards: lineFlow(account, 'tiga') },
        live: false,
      });
      expectEqual((three.body as SavedVersion).live, false, 'live of a save with live: false');
      const { summary } = (await host.call('getFlow', { path: { flowId } })).body as FlowDetail;
      expectEqual([summary.version, summary.live], [3, 1], 'newest and live version');
      const unknown = await account.saveVersion(flowId, three.headers.get('etag'), {
        flow: {
          ...flow.newest.flow,
          cards: lineFlow(account, 'empat', { agentIds: ['agent_nobody'] }),
        },
      });
      expectEqual(
        (unknown.body as SavedVersion).live,
        false,
        'live of a save that names an agent who is not there',
      );
    },
  ),
  check(
    'flows/versions',
    'listFlowVersions',
    'versions are immutable, listed newest first, and can be restored',
    async (kit) => {
      const { account, host } = kit;
      const flow = await account.createFlow(lineFlow(account, 'satu'));
      const flowId = flow.summary.id;
      const two = await account.saveVersion(flowId, flow.etag, {
        flow: { ...flow.newest.flow, cards: deskFlow(account) },
      });
      expectStatus(two, 201, 'saveFlowVersion');
      const restore = (headers: Record<string, string>): ReturnType<typeof host.call> =>
        host.call('restoreFlowVersion', { path: { flowId, version: 1 }, headers });
      expectProblem(await restore({}), 428, 'precondition_required', 'restore without If-Match');
      expectProblem(
        await restore({ 'if-match': flow.etag }),
        412,
        'version_conflict',
        'restore with a stale one',
      );
      const restored = await restore({ 'if-match': two.headers.get('etag') ?? '' });
      expectStatus(restored, 201, 'restore');
      const page = await host.call('listFlowVersions', { path: { flowId } });
      const { items } = page.body as { items: FlowVersionSummary[] };
      expectEqual(
        items.map(({ version, live }) => [version, live]),
        [
          [3, true],
          [2, false],
          [1, false],
        ],
        'versions and which is live',
      );
      const read = async (version: number): Promise<FlowVersion> =>
        (await host.call('getFlowVersion', { path: { flowId, version } })).body as FlowVersion;
      expectEqual((await read(1)).flow.cards, flow.newest.flow.cards, 'cards of version 1');
      expectEqual((await read(2)).flow.cards, deskFlow(account), 'cards of version 2');
      expectEqual((await read(3)).flow.cards, flow.newest.flow.cards, 'cards of the restored version');
      expectProblem(
        await host.call('getFlowVersion', { path: { flowId, version: 9 } }),
        404,
        'not_found',
        'version 9',
      );
    },
  ),
  check(
    'flows/rename-delete',
    'deleteFlow',
    'a flow in use cannot be deleted, and the answer says where',
    async (kit) => {
      const { account, host } = kit;
      const { summary } = await account.createFlow(lineFlow(account, 'halo'));
      const path = { flowId: summary.id };
      const renamed = await host.call('renameFlow', { path, body: { name: 'Conformance: renamed' } });
      expectStatus(renamed, 200, 'renameFlow');
      expectEqual((renamed.body as { name: string }).name, 'Conformance: renamed', 'name');
      await account.select(summary.id);
      const refused = await host.call('deleteFlow', { path });
      expectProblem(refused, 409, 'in_use', 'deleteFlow while selected');
      const { inboxes } = refused.body as ProblemDetails;
      expectEqual(
        inboxes?.map(({ id }) => id),
        [account.inbox.id],
        'inboxes',
      );
      const { inboxes: listed } = ((await host.call('getFlow', { path })).body as FlowDetail).summary;
      expectEqual(
        listed.map(({ id }) => id),
        [account.inbox.id],
        'inboxes of the summary',
      );
      const visitor = await kit.visitor();
      await visitor.say('halo');
      await account.select(null);
      expectStatus(await host.call('deleteFlow', { path }), 204, 'deleteFlow');
      expectProblem(await host.call('getFlow', { path }), 404, 'not_found', 'getFlow afterwards');
      const after = await visitor.say('lagi');
      expectEqual(after.session.flow?.id, summary.id, 'a session under way keeps its version');
    },
  ),
  check(
    'flows/inbox-update',
    'updateInbox',
    'only what is sent changes; unknown members are refused',
    async (kit) => {
      const { account, host } = kit;
      const path = { inboxId: account.inbox.id };
      const before = (await host.call('getInbox', { path })).body as Record<string, unknown>;
      const greeting = `Halo ${Date.now()}`;
      const appearance = { ...account.inbox.appearance, greeting };
      const changed = await host.call('updateInbox', { path, body: { appearance } });
      expectStatus(changed, 200, 'updateInbox');
      expectEqual(
        { ...(changed.body as object), appearance: before['appearance'] },
        before,
        'everything else',
      );
      await host.call('updateInbox', { path, body: { appearance: account.inbox.appearance } });
      for (const body of [{}, { type: 'whatsapp' }, { name: '' }, { appearance: { accent: 'red' } }])
        expectProblem(
          await host.call('updateInbox', { path, body }),
          400,
          'invalid_request',
          JSON.stringify(body),
        );
    },
  ),
];
