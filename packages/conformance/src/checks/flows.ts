/** Flows and their versions: nothing is lost, content alone is never refused, of two saves one succeeds. */
import type {
  FlowDetail,
  FlowVersion,
  FlowVersionSummary,
  ProblemDetails,
  SavedVersion,
} from '@alur/protocol';
import { document, listAll } from '../kit/account.ts';
import { check } from '../kit/check.ts';
import type { Answer } from '../kit/answer.ts';
import { uuid7 } from '../kit/ids.ts';
import { expectEqual, expectProblem, expectStatus, expectThat, NotRun } from '../kit/expect.ts';
import { deskFlow, lineFlow } from '../kit/flows.ts';

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
    const draft = await account.createFlow(cards, {}, { live: false });
    expectEqual([draft.newest.live, draft.summary.live], [false, null], 'a draft with `live: false`');
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
      const save = await account.saveVersion(flow.summary.id, 1, {
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
    'flows/base-version',
    'saveFlowVersion',
    'baseVersion decides, whatever became of If-Match; without either a change is 428',
    async (kit) => {
      const { account, host } = kit;
      const flow = await account.createFlow(lineFlow(account, 'satu'));
      const flowId = flow.summary.id;
      const path = { flowId };
      const body = { flow: { ...flow.newest.flow, cards: lineFlow(account, 'dua') } };
      const changes: [string, (base: number | null, headers?: Record<string, string>) => Promise<Answer>][] =
        [
          ['saveFlowVersion', (base, headers) => change('saveFlowVersion', base, headers, body)],
          ['restoreFlowVersion', (base, headers) => change('restoreFlowVersion', base, headers)],
          ['renameFlow', (base, headers) => change('renameFlow', base, headers, { name: 'Conformance: x' })],
          ['deleteFlow', (base, headers) => change('deleteFlow', base, headers)],
        ];
      const change = (id: string, base: number | null, headers = {}, sent?: object): Promise<Answer> => {
        const named = base === null ? {} : { baseVersion: base };
        if (id === 'deleteFlow') return host.call(id, { path, headers, query: named });
        return host.call(id, { path: { ...path, version: 1 }, headers, body: { ...sent, ...named } });
      };
      const saved = await account.saveVersion(flowId, 1, body);
      expectStatus(saved, 201, 'a save on the newest version');
      expectEqual((saved.body as SavedVersion).version, 2, 'version');
      for (const [id, make] of changes) {
        expectProblem(await make(null), 428, 'precondition_required', `${id} without a version`);
        for (const base of [0, 1, 3]) {
          const answer = await make(base, { 'if-match': '*' });
          expectProblem(answer, 412, 'version_conflict', `${id} with baseVersion ${base}`);
          const { current } = answer.body as ProblemDetails;
          expectEqual(
            [current?.summary.version, current?.newest.version],
            [2, 2],
            'current: the newest version',
          );
          expectEqual(current?.newest.flow.cards, body.flow.cards, "current: the newest version's cards");
        }
      }
      const list = await listAll<FlowVersionSummary>(host, 'listFlows');
      expectThat(list.length > 0, 'flows are listed', list.length);
      let newest = 2;
      for (const [id, make] of changes) {
        const answer = await make(newest, { 'if-match': '"nothing"' });
        expectThat(
          answer.status < 300,
          `${id} with the newest baseVersion and a wrong If-Match`,
          answer.status,
        );
        if (answer.status === 201) newest += 1;
      }
    },
  ),
  check(
    'flows/if-match',
    'saveFlowVersion',
    'without baseVersion If-Match decides; a weakened or suffixed ETag counts as plain',
    async (kit) => {
      const { account, host } = kit;
      const flow = await account.createFlow(lineFlow(account, 'satu'));
      const path = { flowId: flow.summary.id };
      const save = (tag: string): Promise<Answer> =>
        host.call('saveFlowVersion', {
          path,
          headers: { 'if-match': tag },
          body: { flow: flow.newest.flow },
        });
      const newestTag = async (): Promise<string> => {
        const etag = (await host.call('getFlow', { path })).headers.get('etag');
        if (etag === null) throw new NotRun('no ETag arrives here: something on the way removes it');
        return etag.replace(/^W\//, '');
      };
      const first = await newestTag();
      for (const rewrite of [
        (tag: string) => tag,
        (tag: string) => `W/${tag}`,
        (tag: string) => tag.replace(/"$/, '-gzip"'),
        (tag: string) => `"other", ${tag}`,
      ]) {
        const tag = rewrite(await newestTag());
        expectStatus(await save(tag), 201, `If-Match: ${tag}`);
      }
      for (const stale of [first, `W/${first}`, '"nothing"'])
        expectProblem(await save(stale), 412, 'version_conflict', `If-Match: ${stale}`);
    },
  ),
  check(
    'flows/save-id',
    'saveFlowVersion',
    'a save repeated with its saveId returns the version it made, also beside others',
    async (kit) => {
      const { account, host } = kit;
      const flow = await account.createFlow(lineFlow(account, 'satu'));
      const flowId = flow.summary.id;
      const saveId = uuid7();
      const body = { flow: { ...flow.newest.flow, cards: lineFlow(account, 'dua') }, saveId };
      const answers = await Promise.all([1, 2, 3].map(() => account.saveVersion(flowId, 1, body)));
      for (const answer of answers) expectStatus(answer, 201, 'each copy of one save');
      expectEqual(
        answers.map((answer) => (answer.body as SavedVersion).version),
        [2, 2, 2],
        'their versions',
      );
      const other = { flow: flow.newest.flow };
      expectStatus(await account.saveVersion(flowId, 2, other), 201, 'another save');
      expectEqual((await account.saveVersion(flowId, 1, body)).body, answers[0]!.body, 'repeated late');
      const misused = await account.saveVersion(flowId, 3, { ...other, saveId });
      expectProblem(misused, 422, 'id_reused', 'the same saveId with another document');
      const restore = (): Promise<Answer> =>
        host.call('restoreFlowVersion', {
          path: { flowId, version: 1 },
          body: { baseVersion: 3, saveId: restoreId },
        });
      const restoreId = uuid7();
      for (const answer of [await restore(), await restore()])
        expectEqual((answer.body as SavedVersion).version, 4, 'version of a repeated restore');
    },
  ),
  check(
    'flows/name',
    'saveFlowVersion',
    'the name is the flow’s: a save changes it only with `name`, and every version is served with it',
    async (kit) => {
      const { account, host } = kit;
      const flow = await account.createFlow(lineFlow(account, 'satu'));
      const flowId = flow.summary.id;
      const rename = { name: 'Conformance: renamed', baseVersion: 1 };
      expectStatus(await host.call('renameFlow', { path: { flowId }, body: rename }), 200, 'renameFlow');
      const names = async (versions: number[]): Promise<string[]> => [
        ((await host.call('getFlow', { path: { flowId } })).body as FlowDetail).summary.name,
        ...(await Promise.all(
          versions.map(
            async (version) =>
              ((await host.call('getFlowVersion', { path: { flowId, version } })).body as FlowVersion).flow
                .name,
          ),
        )),
      ];
      // The document was read before the rename and still has the old name.
      expectStatus(await account.saveVersion(flowId, 1, { flow: flow.newest.flow }), 201, 'a save');
      expectEqual(await names([1, 2]), Array(3).fill('Conformance: renamed'), 'names after the save');
      const named = { flow: flow.newest.flow, name: 'Conformance: third' };
      expectStatus(await account.saveVersion(flowId, 2, named), 201, 'a save with `name`');
      expectEqual(await names([1, 3]), Array(3).fill('Conformance: third'), 'names after it');
    },
  ),
  check('flows/one-winner', 'saveFlowVersion', 'of 16 saves at once exactly one wins', async (kit) => {
    const { account, host } = kit;
    const flow = await account.createFlow(lineFlow(account, 'awal'));
    const flowId = flow.summary.id;
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, index) =>
        account.saveVersion(flowId, 1, {
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
      const two = await account.saveVersion(flowId, 1, { flow: broken });
      expectStatus(two, 201, 'a save with errors');
      const saved = two.body as SavedVersion;
      expectEqual(saved.live, false, 'live');
      expectThat(
        saved.problems.some(({ severity }) => severity === 'error'),
        'its errors',
        saved.problems,
      );
      const three = await account.saveVersion(flowId, 2, {
        flow: { ...flow.newest.flow, cards: lineFlow(account, 'tiga') },
        live: false,
      });
      expectEqual((three.body as SavedVersion).live, false, 'live of a save with live: false');
      const { summary } = (await host.call('getFlow', { path: { flowId } })).body as FlowDetail;
      expectEqual([summary.version, summary.live], [3, 1], 'newest and live version');
      const unknown = await account.saveVersion(flowId, 3, {
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
      const two = await account.saveVersion(flowId, 1, {
        flow: { ...flow.newest.flow, cards: deskFlow(account) },
      });
      expectStatus(two, 201, 'saveFlowVersion');
      const restored = await host.call('restoreFlowVersion', {
        path: { flowId, version: 1 },
        body: { baseVersion: 2 },
      });
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
      const renamed = await host.call('renameFlow', {
        path,
        body: { name: 'Conformance: renamed', baseVersion: 1 },
      });
      expectStatus(renamed, 200, 'renameFlow');
      expectEqual((renamed.body as { name: string }).name, 'Conformance: renamed', 'name');
      await account.select(summary.id);
      const query = { baseVersion: 1 };
      const refused = await host.call('deleteFlow', { path, query });
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
      expectStatus(await host.call('deleteFlow', { path, query }), 204, 'deleteFlow');
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
      const { version } = changed.body as { version: number };
      expectEqual(version, Number(before['version']) + 1, 'version');
      expectEqual(
        { ...(changed.body as object), appearance: before['appearance'], version: before['version'] },
        before,
        'everything else',
      );
      const stale = { appearance, baseVersion: before['version'] };
      expectProblem(
        await host.call('updateInbox', { path, body: stale }),
        412,
        'version_conflict',
        'a baseVersion that is not the inbox’s version',
      );
      await host.call('updateInbox', { path, body: { appearance: account.inbox.appearance } });
      const now = (await host.call('getInbox', { path })).body;
      for (const body of [
        {},
        { type: 'whatsapp' },
        { name: '' },
        { appearance: { accent: 'red' } },
        { appearance: { titel: 'Toko' } },
        { appearance: { fallbackContact: 'javascript:alert(1)' } },
      ])
        expectProblem(
          await host.call('updateInbox', { path, body }),
          400,
          'invalid_request',
          JSON.stringify(body),
        );
      for (const body of [{ flowId: '' }, { aiAgentId: '' }])
        expectProblem(
          await host.call('updateInbox', { path, body }),
          422,
          'unknown_reference',
          JSON.stringify(body),
        );
      expectEqual((await host.call('getInbox', { path })).body, now, 'the inbox after the refusals');
    },
  ),
  check(
    'flows/document-name',
    'saveFlowVersion',
    'a document whose name is blank or too long is refused',
    async (kit) => {
      const { account, host } = kit;
      const flow = await account.createFlow(lineFlow(account, 'satu'));
      const flowId = flow.summary.id;
      for (const name of ['', '   ', '\u200b', 'x'.repeat(101)]) {
        const body = { flow: { ...flow.newest.flow, name } };
        const shown = `a document named ${JSON.stringify(name.slice(0, 5))}`;
        expectProblem(await account.saveVersion(flowId, 1, body), 422, 'flow_invalid', shown);
      }
      const { summary } = (await host.call('getFlow', { path: { flowId } })).body as FlowDetail;
      expectEqual(summary.version, 1, 'newest version after the refusals');
    },
  ),
];
