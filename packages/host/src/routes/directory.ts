import type { Handlers } from '../http/router.ts';
import { listOf } from './list-of.ts';

/** Health, inboxes, and who and what an account has. */
export const directoryHandlers = {
  async getHealth({ health, clock }) {
    await health();
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

  async listTeams({ database }, { caller, query }) {
    return { status: 200, body: await database.run('listTeams', listOf(caller, query)) };
  },

  async listAiAgents({ database }, { caller, query }) {
    return { status: 200, body: await database.run('listAiAgents', listOf(caller, query)) };
  },
} satisfies Partial<Handlers>;
