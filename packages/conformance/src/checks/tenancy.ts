/** Objects of other accounts: the same response for foreign, unknown and empty ids. */
import type { Conversation, FlowPin } from '@alur/protocol';
import { listAll } from '../kit/account.ts';
import { check, type Kit } from '../kit/check.ts';
import {
  expectEqual,
  expectProblem,
  expectStatus,
  expectThat,
  NotRun,
  showAnswer,
  Unmet,
} from '../kit/expect.ts';
import { deskFlow } from '../kit/flows.ts';
import { uuid7 } from '../kit/ids.ts';
import { atDesk } from './turns.ts';

/** Bodies with a valid form, so that only the id in the path can be wrong. */
function bodyFor(kit: Kit, operation: string): object | undefined {
  const { agents } = kit.account;
  const bodies: Record<string, object> = {
    createVisitor: {},
    renameFlow: { name: 'Conformance: nobody', baseVersion: 1 },
    saveFlowVersion: {
      baseVersion: 1,
      flow: {
        format: 'alur.flow/2',
        id: 'x',
        name: 'x',
        timeZone: 'UTC',
        cards: { start: { kind: 'start', next: [] } },
      },
    },
    restoreFlowVersion: { baseVersion: 1 },
    updateInbox: { name: 'Conformance: nobody' },
    updateAgent: { maxOpen: 10 },
    setAgentPresence: { presence: 'away' },
    replyToConversation: { id: uuid7(), text: 'halo', agentId: agents[0]!.id },
    assignConversation: { kind: 'nobody' },
    setConversationLabels: { labelIds: [] },
    setConversationCollaborators: { agentIds: [], teamIds: [] },
    markConversationRead: { seq: 0 },
  };
  return bodies[operation];
}

/**
 * Calls every dashboard operation that has one of `ids` in its path. Throws `Unmet` when a response is not
 * 404 `not_found`. `token` defaults to the kit's own.
 */
export async function expectNotFound(kit: Kit, ids: Record<string, string>, token?: string): Promise<void> {
  const wrong: string[] = [];
  for (const operation of kit.host.contract.operations.values()) {
    if (operation.door !== 'dashboard' || !operation.pathParameters.some((name) => name in ids)) continue;
    const body = bodyFor(kit, operation.id);
    if (operation.hasBody && !body) throw new NotRun(`the kit has no body for ${operation.id}`);
    const answer = await kit.host.call(operation.id, {
      path: { version: 1, attachmentId: 'nope', ...ids },
      ...(operation.id === 'deleteFlow' && { query: { baseVersion: 1 } }),
      ...(token !== undefined && { token }),
      ...(body && { body }),
    });
    const code = (answer.body as { code?: string } | undefined)?.code;
    if (answer.status !== 404 || code !== 'not_found') wrong.push(`${operation.id}: ${showAnswer(answer)}`);
  }
  if (wrong.length > 0) throw new Unmet(`404 not_found for ${JSON.stringify(ids)}`, wrong.join('; '));
}

export async function startConversation(kit: Kit): Promise<{ flow: FlowPin; conversation: Conversation }> {
  const flow = await kit.account.serve(deskFlow(kit.account));
  const visitor = await kit.visitor();
  await visitor.say('halo');
  return { flow, conversation: await kit.account.conversationOf(visitor.id) };
}

export const tenancyChecks = [
  check('tenancy/unknown-ids', 'info', 'an unknown id is 404, whatever is asked of it', async (kit) => {
    const { flow, conversation } = await startConversation(kit);
    await expectNotFound(kit, { flowId: 'nope', inboxId: 'nope', conversationId: 'nope', agentId: 'nope' });
    // Ids of this account that belong to another kind of object.
    await expectNotFound(kit, {
      flowId: conversation.id,
      inboxId: flow.id,
      conversationId: kit.account.inbox.id,
      agentId: kit.account.labels[0]!.id,
    });
  }),
  check('tenancy/unknown-inbox', 'info', 'an unknown inbox is 404 in the visitor API', async (kit) => {
    for (const operation of ['getWidgetConfig', 'createVisitor'])
      expectProblem(
        await kit.host.call(operation, {
          path: { inboxId: 'nope' },
          ...(operation === 'createVisitor' && { body: {} }),
        }),
        404,
        'not_found',
        operation,
      );
  }),
  check('tenancy/empty-ids', 'info', 'an empty id is 404 and never "any"', async (kit) => {
    const { inbox } = kit.account;
    const visitor = await kit.visitor();
    for (const [method, path, token] of [
      ['GET', '/v1/flows/', kit.options.token],
      ['DELETE', '/v1/flows/', kit.options.token],
      ['GET', '/v1/flows//versions', kit.options.token],
      ['GET', '/v1/inboxes/', kit.options.token],
      ['GET', '/v1/conversations/', kit.options.token],
      ['GET', '/v1/conversations//events', kit.options.token],
      ['POST', '/v1/conversations//resolve', kit.options.token],
      ['GET', '/v1/widget//config', null],
      ['GET', '/v1/widget//conversation', visitor.tokens.token],
      ['GET', `/v1/widget/${inbox.id}/flows//versions/1`, null],
    ] as const) {
      const answer = await kit.host.send(method, path, { token });
      expectProblem(answer, 404, 'not_found', `${method} ${path}`);
    }
    for (const id of ['%20', '%00', '..%2F', '%27%20or%201=1', 'a'.repeat(65), '*', '%']) {
      const answer = await kit.host.send('GET', `/v1/conversations/${id}`, { token: kit.options.token });
      expectStatus(answer, [400, 404], `GET /v1/conversations/${id}`);
    }
  }),
  check(
    'tenancy/empty-filters',
    'listConversations',
    'filters that name nothing of the account list nothing',
    async (kit) => {
      await startConversation(kit);
      for (const filter of ['inboxId', 'labelId', 'agentId'])
        for (const id of ['nope', '']) {
          const answer = await kit.host.call('listConversations', { query: { [filter]: id } });
          if (answer.status === 400 || answer.status === 404 || answer.status === 422) continue;
          expectStatus(answer, 200, `listConversations?${filter}=${id}`);
          const { items } = answer.body as { items: unknown[] };
          expectEqual(items.length, 0, `conversations of ${filter}=${JSON.stringify(id)}`);
        }
    },
  ),
  check(
    'tenancy/unknown-references',
    'unknown_reference',
    'ids in bodies must be of the account: 422',
    async (kit) => {
      const { account, host } = kit;
      const { conversation } = await startConversation(kit);
      const path = { conversationId: conversation.id };
      for (const [operation, at, body] of [
        ['updateInbox', { inboxId: account.inbox.id }, { flowId: 'nope' }],
        ['updateInbox', { inboxId: account.inbox.id }, { aiAgentId: 'nope' }],
        ['assignConversation', path, { kind: 'agent', agentId: 'nope' }],
        ['assignConversation', path, { kind: 'ai', aiAgentId: 'nope' }],
        ['setConversationLabels', path, { labelIds: ['nope'] }],
        ['setConversationCollaborators', path, { agentIds: ['nope'], teamIds: [] }],
        ['setConversationCollaborators', path, { agentIds: [], teamIds: ['nope'] }],
        ['replyToConversation', path, { id: uuid7(), text: 'halo', agentId: 'nope' }],
      ] as const) {
        const answer = await host.call(operation, { path: at, body });
        expectProblem(answer, 422, 'unknown_reference', `${operation} ${JSON.stringify(body)}`);
      }
      const after = await account.conversation(conversation.id);
      expectEqual(after.seq, conversation.seq, 'seq: nothing happened');
    },
  ),
  check(
    'tenancy/visitors',
    'visitorToken',
    'a visitor sees its own conversation only, whatever cursor it brings',
    async (kit) => {
      const one = await atDesk(kit);
      await one.say('rahasia');
      const { cursor } = await one.snapshot();
      const two = await kit.visitor();
      const fresh = await two.snapshot();
      expectEqual([fresh.session, fresh.messages, fresh.seq], [null, [], 0], "the other's snapshot");
      await two.say('punya saya');
      const page = await two.call('listVisitorEvents', { query: { after: cursor } });
      expectThat(!page.text.includes('rahasia'), "nothing of the other's", page.text);
      const all = await two.events();
      expectThat(!JSON.stringify(all).includes('rahasia'), "nothing of the other's", all);
      const stream = await two.stream();
      try {
        await stream.until(({ event }) => event === 'hello', 'hello');
        await one.say('rahasia lagi');
        await two.say('punya saya lagi');
        await stream.until(({ data }) => data.includes('punya saya lagi'), 'the own message');
        const foreign = stream.frames.filter(({ data }) => data.includes('rahasia'));
        expectEqual(foreign, [], "frames of the other's conversation");
      } finally {
        stream.close();
      }
    },
  ),
  check(
    'paging/lists',
    'NextCursor',
    'lists walked one by one give every item once, in the same order',
    async (kit) => {
      const { host, account } = kit;
      await startConversation(kit);
      for (let made = 0; made < 3; made++) await account.createFlow(deskFlow(account));
      for (const operation of [
        'listFlows',
        'listInboxes',
        'listLabels',
        'listAgents',
        'listTeams',
        'listAiAgents',
      ]) {
        const whole = (await listAll<{ id: string }>(host, operation)).map(({ id }) => id);
        const single = (await listAll<{ id: string }>(host, operation, 1)).map(({ id }) => id);
        expectEqual(single, whole, `ids of ${operation} with limit=1`);
        expectEqual(new Set(whole).size, whole.length, `different ids of ${operation}`);
      }
      const first = await host.call('listConversations', { query: { limit: 2, inboxId: account.inbox.id } });
      const page = first.body as { items: Conversation[]; next: string | null };
      expectThat(page.items.length <= 2, 'at most 2 conversations', page.items.length);
      if (page.next !== null) {
        const second = await host.call('listConversations', {
          query: { limit: 2, inboxId: account.inbox.id, cursor: page.next },
        });
        const ids = [...page.items, ...(second.body as typeof page).items].map(({ id }) => id);
        expectEqual(new Set(ids).size, ids.length, 'different conversations on two pages');
      }
    },
  ),
  check(
    'paging/conversations',
    'listConversations',
    'filters hold, and the last active comes first',
    async (kit) => {
      const { host, account } = kit;
      const { conversation } = await startConversation(kit);
      const list = async (query: Record<string, string>): Promise<Conversation[]> => {
        const answer = await host.call('listConversations', { query: { ...query, limit: 50 } });
        expectStatus(answer, 200, 'listConversations');
        return (answer.body as { items: Conversation[] }).items;
      };
      const [label] = account.labels;
      const [agent] = account.agents;
      const path = { conversationId: conversation.id };
      await host.call('setConversationLabels', { path, body: { labelIds: [label!.id] } });
      await account.assign(conversation.id, { kind: 'agent', agentId: agent!.id });
      const all = await list({ inboxId: account.inbox.id });
      expectEqual(all[0]?.id, conversation.id, 'the first conversation');
      const times = all.map(({ updatedAt }) => updatedAt);
      expectEqual(times, times.toSorted().toReversed(), 'updatedAt, newest first');
      const filters: [string, string, (one: Conversation) => boolean][] = [
        ['status', 'assigned', ({ status }) => status === 'assigned'],
        ['labelId', label!.id, ({ labelIds }) => labelIds.includes(label!.id)],
        [
          'agentId',
          agent!.id,
          ({ handler, collaborators }) =>
            handler?.id === agent!.id ||
            collaborators.agentIds.includes(agent!.id) ||
            account.teams.some(
              (team) => team.agentIds.includes(agent!.id) && collaborators.teamIds.includes(team.id),
            ),
        ],
      ];
      for (const [name, value, fits] of filters) {
        const items = await list({ [name]: value });
        expectThat(
          items.some(({ id }) => id === conversation.id),
          `${name}=${value} lists the conversation`,
          items.map(({ id }) => id),
        );
        expectEqual(
          items.filter((one) => !fits(one)).map(({ id }) => id),
          [],
          `conversations that do not fit ${name}=${value}`,
        );
      }
    },
  ),
  check('paging/limits', 'Limit', 'a limit or cursor out of bounds is a 400, never a crash', async (kit) => {
    for (const query of [{ limit: 0 }, { limit: 201 }, { limit: 'many' }]) {
      const answer = await kit.host.call('listFlows', { query });
      expectProblem(answer, 400, 'invalid_request', `listFlows ${JSON.stringify(query)}`);
    }
    for (const cursor of ['garbage', "'", 'eyJ4IjoxfQ'])
      expectStatus(
        await kit.host.call('listFlows', { query: { cursor } }),
        [200, 400],
        `listFlows cursor=${cursor}`,
      );
  }),
];
