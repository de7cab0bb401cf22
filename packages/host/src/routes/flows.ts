import type { Answer, Handlers } from '../http/handlers.ts';
import { flowETag } from '../operations/save-conditions.ts';
import type { FlowDetail, SavedVersion } from '@alur/protocol';
import { listOf } from './list-of.ts';

/** Handlers for flows and their versions. */
export const flowHandlers = {
  async listFlows({ database }, { caller, query }) {
    return { status: 200, body: await database.run('listFlows', listOf(caller, query)) };
  },

  async createFlow({ database }, { caller, body: { name, flow, live = true } }) {
    const { accountId, agentId: by } = caller;
    const detail = await database.run('createFlow', { accountId, name, document: flow, live, by });
    return detailAnswer(detail, 201);
  },

  async getFlow({ database }, { caller, path }) {
    return detailAnswer(await database.run('getFlow', { accountId: caller.accountId, ...path }), 200);
  },

  async renameFlow({ database }, { caller, path, body: { name, baseVersion }, context }) {
    const base = { baseVersion, ifMatch: context.req.header('If-Match') };
    const { accountId } = caller;
    return { status: 200, body: await database.run('renameFlow', { accountId, ...path, ...base, name }) };
  },

  async deleteFlow({ database }, { caller, path, query: { baseVersion }, context }) {
    const base = { baseVersion, ifMatch: context.req.header('If-Match') };
    await database.run('deleteFlow', { accountId: caller.accountId, ...path, ...base });
    return { status: 204 };
  },

  async listFlowVersions({ database }, { caller, path, query }) {
    return {
      status: 200,
      body: await database.run('listFlowVersions', { ...listOf(caller, query), ...path }),
    };
  },

  async saveFlowVersion({ database }, { caller, path, body: { flow, live = true, ...rest }, context }) {
    const { name, baseVersion, saveId } = rest;
    const saved = await database.run('saveFlowVersion', {
      accountId: caller.accountId,
      ...path,
      document: flow,
      live,
      by: caller.agentId,
      baseVersion,
      ifMatch: context.req.header('If-Match'),
      ...(name !== undefined && { name }),
      ...(saveId !== undefined && { saveId }),
    });
    return savedAnswer(saved);
  },

  async getFlowVersion({ database }, { caller, path }) {
    return {
      status: 200,
      body: await database.run('getFlowVersion', { accountId: caller.accountId, ...path }),
    };
  },

  async restoreFlowVersion({ database }, { caller, path, body, context }) {
    const saved = await database.run('restoreFlowVersion', {
      accountId: caller.accountId,
      ...path,
      by: caller.agentId,
      baseVersion: body?.baseVersion,
      ifMatch: context.req.header('If-Match'),
      ...(body?.saveId !== undefined && { saveId: body.saveId }),
    });
    return savedAnswer(saved);
  },

  async getFlowStatistics({ database }, { caller, path, query: { version, from, to } }) {
    const body = await database.run('getFlowStatistics', {
      accountId: caller.accountId,
      ...path,
      ...(version !== undefined && { version }),
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
    });
    return { status: 200, body };
  },
} satisfies Partial<Handlers>;

function detailAnswer(detail: FlowDetail, status: number): Answer {
  return { status, body: detail, headers: { ETag: flowETag(detail.newest.version) } };
}

function savedAnswer(saved: SavedVersion): Answer {
  return { status: 201, body: saved, headers: { ETag: flowETag(saved.version) } };
}
