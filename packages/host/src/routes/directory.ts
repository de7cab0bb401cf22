import type { Handlers } from '../http/handlers.ts';
import { HostProblem } from '../problem.ts';
import { listOf } from './list-of.ts';

/** Handlers for health, inboxes, labels, agents, teams and AI agents. */
export const directoryHandlers = {
  async getHealth({ health, clock, slowDown }, { address }) {
    await health();
    await slowDown(address);
    return {
      status: 200,
      body: { status: 'ok', version: '1.0.0', serverTime: new Date(clock()).toISOString() },
      headers: { 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'no-store' },
    };
  },

  async listInboxes({ database }, { caller, query }) {
    return { status: 200, body: await database.run('listInboxes', listOf(caller, query)) };
  },

  async getInbox({ database }, { caller, path }) {
    return { status: 200, body: await database.run('getInbox', { accountId: caller.accountId, ...path }) };
  },

  async updateInbox({ database }, { caller, path, body }) {
    const { accountId } = caller;
    return { status: 200, body: await database.run('updateInbox', { accountId, ...path, update: body }) };
  },

  async listLabels({ database }, { caller, query }) {
    return { status: 200, body: await database.run('listLabels', listOf(caller, query)) };
  },

  async listAgents({ database }, { caller, query }) {
    return { status: 200, body: await database.run('listAgents', listOf(caller, query)) };
  },

  async setAgentPresence({ database }, { caller, path, body: { presence } }) {
    const { accountId, agentId, roles } = caller;
    const isOwn = agentId === path.agentId;
    if (!isOwn && !roles.includes('admin'))
      throw new HostProblem('scope_missing', 'A token sets the presence of its own agent only.');
    const by = isOwn ? 'agent' : 'backend';
    return { status: 200, body: await database.run('setPresence', { accountId, ...path, presence, by }) };
  },

  async updateAgent({ database }, { caller: { accountId }, path, body: update }) {
    const agent = await database.run('updateAgent', { accountId, ...path, update });
    if (!agent.active) while ((await database.run('releaseConversations', { accountId, ...path })) > 0);
    return { status: 200, body: agent };
  },

  async listTeams({ database }, { caller, query }) {
    return { status: 200, body: await database.run('listTeams', listOf(caller, query)) };
  },

  async listAiAgents({ database }, { caller, query }) {
    return { status: 200, body: await database.run('listAiAgents', listOf(caller, query)) };
  },
} satisfies Partial<Handlers>;
