import type {
  Agent,
  AgentUpdate,
  AiAgent,
  Assignment,
  Collaborators,
  Conversation,
  ConversationStatus,
  EventPage,
  FlowDetail,
  FlowStatistics,
  FlowSummary,
  FlowVersion,
  FlowVersionSummary,
  Inbox,
  InboxUpdate,
  Label,
  Message,
  paths,
  Reply,
  SavedVersion,
  Team,
} from '@alur/protocol';
import createClient from 'openapi-fetch';
import { isClientError } from '../client-error.ts';
import { send, type Attempt } from '../request.ts';
import { browserRuntime, type Runtime } from '../runtime.ts';
import { listenToAccount, type AccountListener } from './account-feed.ts';
import { readAgain } from './read-again.ts';
import { withToken, type GetToken } from './with-token.ts';

export type { GetToken };

/** Options of a dashboard client. Set `token`, or `getToken` for tokens that expire. */
export interface DashboardClientOptions {
  /** URL of the host, such as `https://chat.example.com`. */
  host: string;
  /** An API key (server to server only), or a JWT. */
  token?: string;
  /**
   * Called before every request: cache the token until shortly before it expires. `refused` is a token that
   * the host has just rejected. Return another one, and the request is sent once more.
   */
  getToken?: GetToken;
  /** Default: the runtime of the browser. */
  runtime?: Partial<Runtime>;
}

/** One page of a list. `next` is the cursor of the next page, null on the last one. */
export interface Page<T> {
  items: T[];
  next: string | null;
}

/** Selects a page of a list. */
export interface PageQuery {
  cursor?: string;
  /** 1..200. Default: 100. */
  limit?: number;
}

/** Selects conversations. */
export interface ConversationQuery extends PageQuery {
  status?: ConversationStatus;
  inboxId?: string;
  labelId?: string;
  agentId?: string;
}

/** Selects the turns to count. `from` and `to` are ISO 8601 times; `to` is exclusive. */
export interface StatisticsQuery {
  version?: number;
  from?: string;
  to?: string;
}

/**
 * Result of a save: the new version. If `baseVersion` is not the newest version, nothing is saved and
 * `conflict` is the flow with its newest version.
 */
export type SaveOutcome = SavedVersion | { conflict: FlowDetail };

/** A flow to save on top of version `baseVersion`. */
export interface FlowSave {
  flow: FlowVersion['flow'];
  /** Version that was edited; 0 when none existed. */
  baseVersion: number;
  /** Default: true. A version with errors is saved as an unpublished version. */
  live?: boolean;
  /** Renames the flow with this save. `flow.name` does not. */
  name?: string;
  /**
   * UUID of this save. Default: a new one. To repeat a save whose response was lost, pass the same id: the
   * result is the version that was created then.
   */
  saveId?: string;
}

/** Older version to save as the newest one. */
export interface FlowRestore {
  version: number;
  /** The newest version before the restore. */
  baseVersion: number;
  /** As in `FlowSave`. */
  saveId?: string;
}

/** Time limit for silence of the host: before it responds, and between two chunks of a long response. */
const SILENCE_MS = 20_000;
/** Minimum upload speed, in characters per millisecond. */
const MIN_UPLOAD_PER_MS = 10;

/**
 * Client of the dashboard API. All calls throw `ClientError`: `timeout` when the host sends nothing for 20 s.
 * A long response, such as a file of 10 MiB, has no total time limit. A long request body extends the wait
 * for the response by 10 s per 100 kB. Reads that fail temporarily (no network, 429, 5xx) are tried three
 * times in total, with jitter and after `Retry-After`, within 3 s. Writes are never repeated automatically,
 * except saves of a flow.
 */
export interface DashboardClient extends DashboardCalls {
  /**
   * Returns the same calls with an abort signal. After an abort they throw its reason, `subscribe` ends, and
   * no retry follows. An aborted write may have arrived. Of two signals, the last one applies.
   */
  withSignal(signal: AbortSignal): DashboardClient;
}

type DashboardCalls = ReturnType<typeof callsOf>;

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

function callsOf({ runtime, host, getToken }: ClientContext, given: AbortSignal | undefined) {
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
      return { conflict: current as unknown as FlowDetail };
    }
  }

  return {
    /** Lists flows, most recently changed first. */
    listFlows: (query: PageQuery = {}) =>
      pick<Page<FlowSummary>>(api.GET('/v1/flows', { params: { query } })),
    /** Returns a flow with its newest version. */
    getFlow: (flowId: string) =>
      pick<FlowDetail>(api.GET('/v1/flows/{flowId}', { params: { path: { flowId } } })),
    /**
     * Creates a flow with a single Start Point, or with a copy of `flow`. The copy is live if it has no
     * errors and `live` is not false.
     */
    createFlow: (body: { name: string; flow?: FlowVersion['flow']; live?: boolean }) =>
      pick<FlowDetail>(api.POST('/v1/flows', { body: body as never })),
    /**
     * Renames a flow without a new version. Throws `version_conflict` when `baseVersion` is not the newest
     * one.
     */
    renameFlow: (flowId: string, { name, baseVersion }: { name: string; baseVersion: number }) =>
      pick<FlowSummary>(
        api.PATCH('/v1/flows/{flowId}', { params: { path: { flowId } }, body: { name, baseVersion } }),
      ),
    /**
     * Deletes a flow. Throws `version_conflict`, and `in_use` while an inbox uses it; `error.problem.inboxes`
     * lists the inboxes.
     */
    deleteFlow: (flowId: string, { baseVersion }: { baseVersion: number }) =>
      pick<void>(api.DELETE('/v1/flows/{flowId}', { params: { path: { flowId }, query: { baseVersion } } })),
    /** Lists versions, newest first. */
    listFlowVersions: (flowId: string, query: PageQuery = {}) =>
      pick<Page<FlowVersionSummary>>(
        api.GET('/v1/flows/{flowId}/versions', { params: { path: { flowId }, query } }),
      ),
    getFlowVersion: (flowId: string, version: number) =>
      pick<FlowVersion>(
        api.GET('/v1/flows/{flowId}/versions/{version}', { params: { path: { flowId, version } } }),
      ),
    /** Saves a new version on top of `baseVersion`. Safe to repeat with the same `saveId`. */
    saveFlowVersion: (flowId: string, { flow, saveId = runtime.newId(), ...save }: FlowSave) =>
      saveOnce(() =>
        api.POST('/v1/flows/{flowId}/versions', {
          params: { path: { flowId } },
          body: { flow: flow as never, live: true, saveId, ...save },
        }),
      ),
    /** Saves an older version's document as the newest version. The flow keeps its current name. */
    restoreFlowVersion: (flowId: string, { version, baseVersion, saveId = runtime.newId() }: FlowRestore) =>
      saveOnce(() =>
        api.POST('/v1/flows/{flowId}/versions/{version}/restore', {
          params: { path: { flowId, version } },
          body: { baseVersion, saveId },
        }),
      ),

    /**
     * Counts the runs that passed each card, and the turns that were `corrected`. Default: all versions and
     * times.
     */
    flowStatistics: (flowId: string, query: StatisticsQuery = {}) =>
      pick<FlowStatistics>(api.GET('/v1/flows/{flowId}/statistics', { params: { path: { flowId }, query } })),

    listInboxes: (query: PageQuery = {}) => pick<Page<Inbox>>(api.GET('/v1/inboxes', { params: { query } })),
    getInbox: (inboxId: string) =>
      pick<Inbox>(api.GET('/v1/inboxes/{inboxId}', { params: { path: { inboxId } } })),
    updateInbox: (inboxId: string, body: InboxUpdate) =>
      pick<Inbox>(api.PATCH('/v1/inboxes/{inboxId}', { params: { path: { inboxId } }, body })),

    listLabels: (query: PageQuery = {}) => pick<Page<Label>>(api.GET('/v1/labels', { params: { query } })),
    listAgents: (query: PageQuery = {}) => pick<Page<Agent>>(api.GET('/v1/agents', { params: { query } })),
    /** Sets whether an agent takes conversations. An agent's own token may set its own agent only. */
    setPresence: (agentId: string, presence: 'online' | 'away') =>
      pick<Agent>(
        api.PUT('/v1/agents/{agentId}/presence', { params: { path: { agentId } }, body: { presence } }),
      ),
    /** Deactivates an agent (`active: false`), activates it again, or changes `maxOpen`. */
    updateAgent: (agentId: string, body: AgentUpdate) =>
      pick<Agent>(api.PATCH('/v1/agents/{agentId}', { params: { path: { agentId } }, body })),
    listTeams: (query: PageQuery = {}) => pick<Page<Team>>(api.GET('/v1/teams', { params: { query } })),
    listAiAgents: (query: PageQuery = {}) =>
      pick<Page<AiAgent>>(api.GET('/v1/ai-agents', { params: { query } })),

    /** Lists conversations, the last active first. */
    listConversations: (query: ConversationQuery = {}) =>
      pick<Page<Conversation>>(api.GET('/v1/conversations', { params: { query } })),
    getConversation: (conversationId: string) =>
      pick<Conversation>(api.GET('/v1/conversations/{conversationId}', at(conversationId))),
    /** Returns the conversation's log after a cursor, oldest first. */
    listConversationEvents: (conversationId: string, query: { after?: string; limit?: number } = {}) =>
      pick<EventPage>(
        api.GET('/v1/conversations/{conversationId}/events', {
          params: { path: { conversationId }, query },
        }),
      ),
    /**
     * Returns the bytes of a file in the conversation, or its thumbnail (`not_found` when it has none). Show
     * images from memory, in lists as thumbnails. Offer all other files as downloads.
     */
    attachment: (
      conversationId: string,
      attachmentId: string,
      query: { size?: 'original' | 'thumbnail' } = {},
    ) =>
      pick<Blob>(
        api.GET('/v1/conversations/{conversationId}/attachments/{attachmentId}', {
          params: { path: { conversationId, attachmentId }, query },
          parseAs: 'blob',
        }),
      ),
    /**
     * Replies as a human agent. The same `id` never creates a second message. The request outlives its page.
     * `openAgentReplies` repeats it until the host has the reply.
     */
    reply: (conversationId: string, body: Reply) =>
      pick<Message>(
        api.POST('/v1/conversations/{conversationId}/messages', {
          ...at(conversationId),
          body,
          keepalive: true,
        }),
      ),
    assign: (conversationId: string, body: Assignment) =>
      pick<Conversation>(
        api.POST('/v1/conversations/{conversationId}/assign', { ...at(conversationId), body }),
      ),
    /** Replaces the labels. */
    setLabels: (conversationId: string, labelIds: string[]) =>
      pick<Conversation>(
        api.PUT('/v1/conversations/{conversationId}/labels', { ...at(conversationId), body: { labelIds } }),
      ),
    /** Replaces the collaborators. */
    setCollaborators: (conversationId: string, body: Collaborators) =>
      pick<Conversation>(
        api.PUT('/v1/conversations/{conversationId}/collaborators', { ...at(conversationId), body }),
      ),
    /** Ends the session. The visitor's next message starts the flow again. */
    resolve: (conversationId: string) =>
      pick<Conversation>(api.POST('/v1/conversations/{conversationId}/resolve', at(conversationId))),
    /** Records that agents have seen everything up to a log number. */
    markRead: (conversationId: string, seq: number) =>
      pick<void>(
        api.POST('/v1/conversations/{conversationId}/read', { ...at(conversationId), body: { seq } }),
      ),
    /** Shows the visitor that an agent is writing. */
    sendTyping: (conversationId: string) =>
      pick<void>(api.POST('/v1/conversations/{conversationId}/typing', at(conversationId))),

    /** Subscribes to the account's live hints. Returns an unsubscribe function. */
    subscribe: (listener: AccountListener) =>
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

/** Reads a response to its end into memory. The time limit restarts with each chunk. */
async function readToItsEnd(response: Response, attempt: Attempt): Promise<Response> {
  const { signal } = attempt;
  const reader = response.clone().body?.getReader();
  // Some `fetch` implementations do not end a pending body read on abort. The clone and the original both
  // hold the body.
  const cancelBodies = () => {
    for (const body of [reader, response.body]) void body?.cancel().catch(() => {});
  };
  signal.addEventListener('abort', cancelBodies);
  let chunk = await reader?.read();
  while (chunk?.done === false && !signal.aborted) {
    attempt.wait(SILENCE_MS);
    chunk = await reader?.read();
  }
  // The response may have arrived after the abort.
  if (signal.aborted) cancelBodies();
  return response;
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
