/** Presence, candidates and deactivation of agents. */
import type { Agent, Conversation } from '@alur/protocol';
import { listAll } from '../kit/account.ts';
import { check, type Kit } from '../kit/check.ts';
import { expectEqual, expectStatus } from '../kit/expect.ts';
import type { Answer } from '../kit/answer.ts';

const setPresence = (kit: Kit, agentId: string, presence: string): Promise<Answer> =>
  kit.host.call('setAgentPresence', { path: { agentId }, body: { presence } });
const update = (kit: Kit, agentId: string, body: object): Promise<Answer> =>
  kit.host.call('updateAgent', { path: { agentId }, body });

/** Creates a flow that ends at one agent, and sends a message to it. */
async function atAgent(kit: Kit, agentId: string): Promise<string> {
  const end = { kind: 'assign-human', agentIds: [agentId], teamIds: [], skipLastAiResponse: true, next: [] };
  await kit.account.serve({ start: { kind: 'start', next: ['end'] }, end });
  const visitor = await kit.visitor();
  await visitor.say('halo');
  return (await kit.account.conversationOf(visitor.id)).id;
}

async function handlerOf(kit: Kit, conversationId: string): Promise<string | null> {
  const answer = await kit.host.call('getConversation', { path: { conversationId } });
  return (answer.body as Conversation).handler?.id ?? null;
}

/** Runs `work` and restores the agent. */
async function withAgent(kit: Kit, work: (agent: Agent) => Promise<void>): Promise<void> {
  const agent = (await listAll<Agent>(kit.host, 'listAgents')).find(({ active }) => active !== false)!;
  try {
    await work(agent);
  } finally {
    await update(kit, agent.id, { active: true, ...(agent.maxOpen && { maxOpen: agent.maxOpen }) });
    await setPresence(kit, agent.id, agent.online ? 'online' : 'away');
  }
}

export const agentChecks = [
  check(
    'agents/presence',
    'setAgentPresence',
    'an agent who is away is given nothing; coming online, what waits for it',
    (kit) =>
      withAgent(kit, async ({ id }) => {
        const away = await setPresence(kit, id, 'away');
        expectStatus(away, 200, 'setAgentPresence');
        expectEqual((away.body as Agent).online, false, 'online');
        const conversation = await atAgent(kit, id);
        expectEqual(await handlerOf(kit, conversation), null, 'the handler while the agent is away');
        expectStatus(await update(kit, id, { maxOpen: 1000 }), 200, 'updateAgent');
        expectEqual(((await setPresence(kit, id, 'online')).body as Agent).online, true, 'online again');
        expectEqual(await handlerOf(kit, conversation), id, 'the handler once the agent is online');
        await kit.account.resolve(conversation);
      }),
  ),
  check(
    'agents/deactivated',
    'updateAgent',
    'a deactivated agent is no candidate, and keeps no conversation',
    (kit) =>
      withAgent(kit, async ({ id }) => {
        await setPresence(kit, id, 'online');
        const conversation = await atAgent(kit, id);
        const gone = await update(kit, id, { active: false });
        expectStatus(gone, 200, 'updateAgent');
        expectEqual(
          [(gone.body as Agent).active, (gone.body as Agent).online],
          [false, false],
          'active, online',
        );
        const handler = await handlerOf(kit, conversation);
        expectEqual(handler === id, false, 'whether the agent still handles its conversation');
        await kit.account.resolve(conversation);
      }),
  ),
];
