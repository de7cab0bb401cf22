/**
 * Two accounts on one host. Ids are unique within an account only, so equal ids in two accounts are valid. A
 * leak is an item that the other account receives too, not an item with the same id.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Conversation, FlowSummary, Inbox } from '@alur/protocol';
import { listAll } from '../kit/account.ts';
import { check, type Kit } from '../kit/check.ts';
import { expectEqual, expectProblem, expectThat, NotRun } from '../kit/expect.ts';
import type { Host } from '../kit/host.ts';
import { uuid7 } from '../kit/ids.ts';
import { expectNotFound, startConversation } from './tenancy.ts';

/** Returns a host whose calls send the other account's token. */
function foreignHost({ host, options }: Kit): Pick<Host, 'call'> {
  const { foreignToken } = options;
  if (!foreignToken) throw new NotRun('give --foreign-token');
  return { call: (operation, request) => host.call(operation, { ...request, token: foreignToken }) };
}

/** Returns `id` unless the other account has an item with this id itself. */
function unlessListed(id: string, items: readonly { id: string }[]): string | undefined {
  return items.some((item) => item.id === id) ? undefined : id;
}

function withoutUndefined(ids: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(ids).filter(([, id]) => id !== undefined)) as Record<
    string,
    string
  >;
}

export const foreignAccountChecks = [
  check(
    'tenancy/foreign-account',
    'info',
    "another account's token finds nothing of this account",
    async (kit) => {
      const foreign = foreignHost(kit);
      const { account, options } = kit;
      const { flow, conversation } = await startConversation(kit);
      // A name that no other inbox can have.
      await account.rename(`Conformance: ${uuid7().slice(-12)}`);
      const inbox = (await listAll<Inbox>(kit.host, 'listInboxes')).find(
        ({ id }) => id === account.inbox.id,
      )!;
      const flowName = (await listAll<FlowSummary>(kit.host, 'listFlows')).find(
        ({ id }) => id === flow.id,
      )?.name;

      const flows = await listAll<FlowSummary>(foreign, 'listFlows');
      expectThat(!flows.some(({ name }) => name === flowName), 'listFlows: no flow of this account', flows);
      const inboxes = await listAll<Inbox>(foreign, 'listInboxes');
      expectThat(
        !inboxes.some(({ name }) => name === inbox.name),
        'listInboxes: no inbox of this account',
        inboxes,
      );
      const conversations = await listAll<Conversation>(foreign, 'listConversations');
      expectThat(
        !conversations.some(
          ({ id, visitor }) => id === conversation.id && visitor.id === conversation.visitor.id,
        ),
        'listConversations: no conversation of this account',
        conversations,
      );

      const agents = await listAll<{ id: string }>(foreign, 'listAgents');
      const ids = withoutUndefined({
        flowId: unlessListed(flow.id, flows),
        inboxId: unlessListed(inbox.id, inboxes),
        conversationId: unlessListed(conversation.id, conversations),
        agentId: unlessListed(account.agents[0]!.id, agents),
      });
      await expectNotFound(kit, ids, options.foreignToken);
      expectEqual(
        (await account.conversation(conversation.id)).seq,
        conversation.seq,
        'seq: nothing happened',
      );
    },
  ),
  check(
    'tenancy/foreign-directory',
    'info',
    "another account's token lists none of this account's labels, agents and teams",
    async (kit) => {
      const foreign = foreignHost(kit);
      const { account } = kit;
      for (const [operation, own] of [
        ['listLabels', account.labels],
        ['listAgents', account.agents],
        ['listTeams', account.teams],
      ] as const) {
        const theirs = await listAll<{ id: string }>(foreign, operation);
        const equal = theirs.filter((item) => own.some((one) => isDeepStrictEqual(one, item)));
        if (equal.length > 0 && theirs.length === own.length)
          throw new NotRun(`both accounts have equal items in ${operation}; give one of them other names`);
        expectEqual(equal, [], `${operation}: items of this account`);
      }
    },
  ),
  check(
    'tenancy/foreign-references',
    'unknown_reference',
    'an id of another account in a body is 422, unless this account has such an id too',
    async (kit) => {
      const foreign = foreignHost(kit);
      const { conversation } = await startConversation(kit);
      const agents = await listAll<{ id: string }>(foreign, 'listAgents');
      const stranger = agents.find(({ id }) => unlessListed(id, kit.account.agents) !== undefined);
      if (!stranger) throw new NotRun('the other account has no agent whose id is unknown in this account');
      const answer = await kit.host.call('assignConversation', {
        path: { conversationId: conversation.id },
        body: { kind: 'agent', agentId: stranger.id },
      });
      expectProblem(answer, 422, 'unknown_reference', "assigning to another account's agent");
    },
  ),
];
