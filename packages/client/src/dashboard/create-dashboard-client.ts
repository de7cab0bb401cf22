import type {
  Agent,
  AiAgent,
  Conversation,
  EventPage,
  FlowDetail,
  FlowStatistics,
  FlowSummary,
  FlowVersion,
  FlowVersionSummary,
  Inbox,
  Label,
  Message,
  paths,
  SavedVersion,
  Team,
} from '@alur/protocol';
import createClient from 'openapi-fetch';
import { isClientError } from '../client-error.ts';
import { send } from '../request.ts';
import { browserRuntime, type Runtime } from '../runtime.ts';
import { listenToAccount } from './account-feed.ts';
import type {
  DashboardClient,
  DashboardClientOptions,
  Page,
  PageQuery,
  SaveOutcome,
} from './dashboard-client.ts';
import { readAgain } from './read-again.ts';
import { readToItsEnd, SILENCE_MS } from './read-to-its-end.ts';
import { withToken, type GetToken } from './with-token.ts';

/** Minimum upload speed, in characters per millisecond. */
const MIN_UPLOAD_PER_MS = 10;

/** State that all calls of a client share. */
interface ClientContext {
  runtime: Runtime;
  host: string;
  getToken: GetToken;
}

/** Creates a client of the dashboard API. */
export function createDashboardClient(options: DashboardClientOptions): DashboardClient {
  const context: ClientContext = {
    runtime: { ...browserRuntime(), ...options.runtime },
    host: options.host.replace(/\/+$/, ''),
    getToken: options.getToken ?? (() => options.token ?? ''),
  };
  const clientFor = (signal?: AbortSignal): DashboardClient => ({
    ...callsOf(context, signal),
    withSignal: clientFor,
  });
  return clientFor();
}

function callsOf(
  { runtime, host, getToken }: ClientContext,
  given: AbortSignal | undefined,
): Omit<DashboardClient, 'withSignal'> {
  async function authorizedFetch(request: Request): Promise<Response> {
    const headers: Record<string, string> = Object.fromEntries(request.headers);
    const body = request.body ? await request.text() : undefined;
    const { url, method } = request;
    const signal = given ?? request.signal;
    const timeoutMs = SILENCE_MS + (body?.length ?? 0) / MIN_UPLOAD_PER_MS;
    return withToken(getToken, (token) => {
      const call = {
        url,
        method,
        headers,
        signal,
        token,
        raw: body,
        timeoutMs,
        keepalive: request.keepalive,
      };
      const once = () => send(runtime, call, readToItsEnd);
      return method === 'GET' ? readAgain(runtime, signal, once) : once();
    });
  }
  const api = createClient<paths>({ baseUrl: host, fetch: authorizedFetch });

  /**
   * Sends a save. Its id makes it idempotent, so it is repeated like a read. Returns `conflict` instead of
   * throwing `version_conflict`.
   */
  async function saveOnce(save: () => Promise<{ data?: unknown }>): Promise<SaveOutcome> {
    try {
      return await readAgain(runtime, given ?? new AbortController().signal, () =>
        pick<SavedVersion>(save()),
      );
    } catch (error) {
      const current = isClientError(error) && error.code === 'version_conflict' && error.problem?.current;
      if (!current) throw error;
      return { conflict: current as FlowDetail };
    }
  }

  return {
    listFlows: (query = {}) => pick<Page<FlowSummary>>(api.GET('/v1/flows', { params: { query } })),
    getFlow: (flowId) => pick<FlowDetail>(api.GET('/v1/flows/{flowId}', { params: { path: { flowId } } })),
    createFlow: (body) => pick<FlowDetail>(api.POST('/v1/flows', { body })),
    renameFlow: (flowId, { name, baseVersion }) =>
      pick<FlowSummary>(
        api.PATCH('/v1/flows/{flowId}', { params: { path: { flowId } }, body: { name, baseVersion } }),
      ),
    deleteFlow: (flowId, { baseVersion }) =>
      pick<void>(api.DELETE('/v1/flows/{flowId}', { params: { path: { flowId }, query: { baseVersion } } })),
    listFlowVersions: (flowId, query = {}) =>
      pick<Page<FlowVersionSummary>>(
        api.GET('/v1/flows/{flowId}/versions', { params: { path: { flowId }, query } }),
      ),
    getFlowVersion: (flowId, version) =>
      pick<FlowVersion>(
        api.GET('/v1/flows/{flowId}/versions/{version}', { params: { path: { flowId, version } } }),
      ),
    saveFlowVersion: (flowId, { flow, saveId = runtime.newId(), ...save }) =>
      saveOnce(() =>
        api.POST('/v1/flows/{flowId}/versions', {
          params: { path: { flowId } },
          body: { flow, live: true, saveId, ...save },
        }),
      ),
    restoreFlowVersion: (flowId, { version, baseVersion, saveId = runtime.newId() }) =>
      saveOnce(() =>
        api.POST('/v1/flows/{flowId}/versions/{version}/restore', {
          params: { path: { flowId, version } },
          body: { baseVersion, saveId },
        }),
      ),

    flowStatistics: (flowId, query = {}) =>
      pick<FlowStatistics>(api.GET('/v1/flows/{flowId}/statistics', { params: { path: { flowId }, query } })),

    listInboxes: (query = {}) => pick<Page<Inbox>>(api.GET('/v1/inboxes', { params: { query } })),
    getInbox: (inboxId) => pick<Inbox>(api.GET('/v1/inboxes/{inboxId}', { params: { path: { inboxId } } })),
    updateInbox: (inboxId, body) =>
      pick<Inbox>(api.PATCH('/v1/inboxes/{inboxId}', { params: { path: { inboxId } }, body })),

    listLabels: (query = {}) => pick<Page<Label>>(api.GET('/v1/labels', { params: { query } })),
    listAgents: (query = {}) => pick<Page<Agent>>(api.GET('/v1/agents', { params: { query } })),
    setPresence: (agentId, presence) =>
      pick<Agent>(
        api.PUT('/v1/agents/{agentId}/presence', { params: { path: { agentId } }, body: { presence } }),
      ),
    updateAgent: (agentId, body) =>
      pick<Agent>(api.PATCH('/v1/agents/{agentId}', { params: { path: { agentId } }, body })),
    listTeams: (query = {}) => pick<Page<Team>>(api.GET('/v1/teams', { params: { query } })),
    listAiAgents: (query = {}) => pick<Page<AiAgent>>(api.GET('/v1/ai-agents', { params: { query } })),

    listConversations: (query = {}) =>
      pick<Page<Conversation>>(api.GET('/v1/conversations', { params: { query } })),
    getConversation: (conversationId) =>
      pick<Conversation>(api.GET('/v1/conversations/{conversationId}', at(conversationId))),
    listConversationEvents: (conversationId, query = {}) =>
      pick<EventPage>(
        api.GET('/v1/conversations/{conversationId}/events', {
          params: { path: { conversationId }, query },
        }),
      ),
    attachment: (conversationId, attachmentId, query = {}) =>
      pick<Blob>(
        api.GET('/v1/conversations/{conversationId}/attachments/{attachmentId}', {
          params: { path: { conversationId, attachmentId }, query },
          parseAs: 'blob',
        }),
      ),
    reply: (conversationId, body) =>
      pick<Message>(
        api.POST('/v1/conversations/{conversationId}/messages', {
          ...at(conversationId),
          body,
          keepalive: true,
        }),
      ),
    assign: (conversationId, body) =>
      pick<Conversation>(
        api.POST('/v1/conversations/{conversationId}/assign', { ...at(conversationId), body }),
      ),
    setLabels: (conversationId, labelIds) =>
      pick<Conversation>(
        api.PUT('/v1/conversations/{conversationId}/labels', { ...at(conversationId), body: { labelIds } }),
      ),
    setCollaborators: (conversationId, body) =>
      pick<Conversation>(
        api.PUT('/v1/conversations/{conversationId}/collaborators', { ...at(conversationId), body }),
      ),
    resolve: (conversationId) =>
      pick<Conversation>(api.POST('/v1/conversations/{conversationId}/resolve', at(conversationId))),
    markRead: (conversationId, seq) =>
      pick<void>(
        api.POST('/v1/conversations/{conversationId}/read', { ...at(conversationId), body: { seq } }),
      ),
    sendTyping: (conversationId) =>
      pick<void>(api.POST('/v1/conversations/{conversationId}/typing', at(conversationId))),

    subscribe: (listener) =>
      listenToAccount({ runtime, url: `${host}/v1/live`, getToken, signal: given }, listener),
  };
}

/**
 * Returns every item of a paged list: `await collect((query) => client.listFlows(query))`. Meant for short
 * lists (flows, labels, agents), not for conversations.
 */
export async function collect<T>(list: (query: PageQuery) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null | undefined;
  do {
    const page: Page<T> = await list({ limit: 200, ...(cursor && { cursor }) });
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return items;
}

function at(conversationId: string) {
  return { params: { path: { conversationId } } };
}

/**
 * Returns the response body with its exact type from `@alur/protocol`; the generated types only have "a flow
 * document". Errors never get here, because `send` throws them.
 */
async function pick<T>(call: Promise<{ data?: unknown }>): Promise<T> {
  return (await call).data as T;
}
