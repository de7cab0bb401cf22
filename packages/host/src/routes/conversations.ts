import type { DashboardCaller } from '../http/authenticate.ts';
import type { Handlers } from '../http/handlers.ts';
import type { AssignTo } from '../operations/conversations.ts';
import { HostProblem } from '../problem.ts';
import { streamAccountHints } from '../streams/account-stream.ts';
import { createFileResponse } from './file-response.ts';
import { listOf } from './list-of.ts';

/** Handlers of the dashboard API for conversations. */
export const conversationHandlers = {
  async listConversations({ database }, { caller, query }) {
    const { status, inboxId, labelId, agentId } = query;
    const body = await database.run('listConversations', {
      ...listOf(caller, query),
      ...(status && { status }),
      ...(inboxId && { inboxId }),
      ...(labelId && { labelId }),
      ...(agentId && { agentId }),
    });
    return { status: 200, body };
  },

  async getConversation({ database }, { caller, path }) {
    return { status: 200, body: await database.run('getConversation', scopeOf(caller, path)) };
  },

  async listConversationEvents({ database }, { caller, path, query }) {
    const { after = '', limit = 100 } = query;
    const { reached: _reached, ...body } = await database.run('listConversationEvents', {
      ...scopeOf(caller, path),
      after,
      limit,
    });
    return { status: 200, body };
  },

  async getConversationAttachment(services, { caller, path, query, context, address }) {
    const input = { ...scopeOf(caller, path), attachmentId: path.attachmentId, size: query.size };
    const find = () => services.database.run('findConversationAttachment', input);
    return createFileResponse(services, find, {
      context,
      address,
      accountId: caller.accountId,
      holder: caller.holder,
    });
  },

  async replyToConversation({ database }, { caller, path, body: { id, text, agentId } }) {
    const author = caller.agentId ?? agentId;
    if (author === undefined)
      throw new HostProblem('invalid_request', 'With an API key, say in "agentId" who replies.', {
        fields: [{ path: '/agentId', message: 'is needed with an API key' }],
      });
    if (agentId !== undefined && agentId !== author)
      throw new HostProblem('scope_missing', 'A token replies for its own agent only.');
    const message = await database.run('replyToConversation', {
      ...scopeOf(caller, path),
      id,
      text,
      agentId: author,
    });
    return { status: 200, body: message };
  },

  async assignConversation({ database }, { caller, path, body }) {
    const to = body as AssignTo;
    return { status: 200, body: await database.run('assignConversation', { ...scopeOf(caller, path), to }) };
  },

  async setConversationLabels({ database }, { caller, path, body: { labelIds } }) {
    return {
      status: 200,
      body: await database.run('setConversationLabels', { ...scopeOf(caller, path), labelIds }),
    };
  },

  async setConversationCollaborators({ database }, { caller, path, body: collaborators }) {
    return {
      status: 200,
      body: await database.run('setConversationCollaborators', { ...scopeOf(caller, path), collaborators }),
    };
  },

  async resolveConversation({ database }, { caller, path }) {
    return {
      status: 200,
      body: await database.run('resolveConversation', { ...scopeOf(caller, path), by: caller.agentId }),
    };
  },

  async markConversationRead({ database }, { caller, path, body: { seq } }) {
    await database.run('markConversationRead', { ...scopeOf(caller, path), seq });
    return { status: 204 };
  },

  async sendAgentTyping({ database }, { caller, path }) {
    const scope = scopeOf(caller, path);
    const { visitorId, name } = await database.run('typingTarget', { ...scope, agentId: caller.agentId });
    database.notify({
      kind: 'typing',
      ...scope,
      visitorId,
      signal: { by: 'agent', conversationId: scope.conversationId, ...(name && { name }) },
    });
    return { status: 204 };
  },

  async streamAccountHints(services, { caller, context, address }) {
    streamAccountHints(services, caller, { context, address });
    return null;
  },
} satisfies Partial<Handlers>;

function scopeOf(caller: DashboardCaller, { conversationId }: { conversationId: string }) {
  return { accountId: caller.accountId, conversationId };
}
