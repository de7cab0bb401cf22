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

/** How to make a dashboard client. Give `token`, or `getToken` when tokens end and are to be renewed. */
export interface DashboardClientOptions {
  /** Where the host is, such as `https://chat.example.com`. */
  host: string;
  /** An API key (server to server only), or a JWT. */
  token?: string;
  /**
   * Asked before every call; keep the token there until it is about to end. `refused` is a token that the
   * host has just said no to, before its time: give another one, and the call is made once more.
   */
  getToken?: GetToken;
  /** Default: the browser's. */
  runtime?: Partial<Runtime>;
}

/** One page of a list. `next` is the cursor of the next, null on the last. */
export interface Page<T> {
  items: T[];
  next: string | null;
}

/** Which page of a list. */
export interface PageQuery {
  cursor?: string;
  /** 1..200. Default: 100. */
  limit?: number;
}

/** Which conversations. */
export interface ConversationQuery extends PageQuery {
  status?: ConversationStatus;
  inboxId?: string;
  labelId?: string;
  agentId?: string;
}

/** Which turns to count; `from` and `to` are ISO 8601 times, `to` not included. */
export interface StatisticsQuery {
  version?: number;
  from?: string;
  to?: string;
}

/**
 * Result of a save: the new version, or the newest one of the host when it is not the base; then nothing was
 * saved.
 */
export type SaveOutcome = SavedVersion | { conflict: FlowDetail };

/** A flow as it is to be saved on top of version `baseVersion`. */
export interface FlowSave {
  flow: FlowVersion['flow'];
  /** The version that was changed; 0 when none existed. */
  baseVersion: number;
  /** Default: true; a version with errors is kept as a draft all the same. */
  live?: boolean;
  /** Renames the flow with this save. `flow.name` does not. */
  name?: string;
  /**
   * A UUID that stands for this save. Default: a new one. Give the same one to repeat a save whose result
   * never arrived: it returns the version that was made then.
   */
  saveId?: string;
}

/** An older version that is to become the newest. */
export interface FlowRestore {
  version: number;
  /** The version that is the newest until then. */
  baseVersion: number;
  /** As in `FlowSave`. */
  saveId?: string;
}

/** How long a host may say nothing: before it answers, and between any two pieces of a long answer. */
const PATIENCE_MS = 20_000;
/** Characters a millisecond, on the slowest line over which a large flow is still to arrive. */
const SLOWEST_PER_MS = 10;

/**
 * The calls of the dashboard's door. All throw `ClientError`: `timeout` when the host says nothing for 20 s.
 * A long answer, such as a file of 10 MiB, may take as long as it comes; before the answer to a long body
 * another 10 s are waited for each 100 kB of it. Reads that fail with something that passes (no network, 429,
 * 5xx) are tried three times in all, with jitter and after `Retry-After`, as long as that takes no more than
 * 3 s; writes are never repeated by themselves.
 */
export interface DashboardClient extends DashboardCalls {
  /**
   * The same calls, given up when `signal` aborts: they then throw its reason, `listen` ends, and no attempt
   * follows. A write that is given up may have arrived. Of two signals the one that was given last counts.
   */
  withSignal(signal: AbortSignal): DashboardClient;
}

type DashboardCalls = ReturnType<typeof callsOf>;

/** What all calls of a client share, whatever ends them. */
interface Door {
  runtime: Runtime;
  host: string;
  getToken: GetToken;
}

/** Makes a client for the dashboard's door. */
export function createDashboardClient(options: DashboardClientOptions): DashboardClient {
  const door: Door = {
    runtime: { ...browserRuntime(), ...options.runtime },
    host: options.host.replace(/\/+$/, ''),
    getToken: options.getToken ?? (() => options.token ?? ''),
  };
  const clientFor = (signal?: AbortSignal): DashboardClient => ({
    ...callsOf(door, signal),
    withSignal: clientFor,
  });
  return clientFor();
}

function callsOf({ runtime, host, getToken }: Door, given: AbortSignal | undefined) {
  async function authorizedFetch(request: Request): Promise<Response> {
    const headers: Record<string, string> = Object.fromEntries(request.headers);
    const body = request.body ? await request.text() : undefined;
    const { url, method } = request;
    const signal = given ?? request.signal;
    const timeoutMs = PATIENCE_MS + (body?.length ?? 0) / SLOWEST_PER_MS;
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
   * Makes a save. Its id makes it safe to repeat, so it is repeated like a read. A newer version on the host
   * is a value: `version_conflict` brings it along.
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
    /** Flows, most recently changed first. */
    listFlows: (query: PageQuery = {}) =>
      pick<Page<FlowSummary>>(api.GET('/v1/flows', { params: { query } })),
    /** A flow with its newest version. */
    getFlow: (flowId: string) =>
      pick<FlowDetail>(api.GET('/v1/flows/{flowId}', { params: { path: { flowId } } })),
    /**
     * A new flow: with a lone Start Point, or with a copy of `flow`, which is live when it has no errors and
     * `live` is not false.
     */
    createFlow: (body: { name: string; flow?: FlowVersion['flow']; live?: boolean }) =>
      pick<FlowDetail>(api.POST('/v1/flows', { body: body as never })),
    /** Makes no version. Throws `version_conflict` when `baseVersion` is not the newest one. */
    renameFlow: (flowId: string, { name, baseVersion }: { name: string; baseVersion: number }) =>
      pick<FlowSummary>(
        api.PATCH('/v1/flows/{flowId}', { params: { path: { flowId } }, body: { name, baseVersion } }),
      ),
    /**
     * Throws `version_conflict`, and `in_use` while an inbox has it selected; `error.problem.inboxes` says
     * which.
     */
    deleteFlow: (flowId: string, { baseVersion }: { baseVersion: number }) =>
      pick<void>(api.DELETE('/v1/flows/{flowId}', { params: { path: { flowId }, query: { baseVersion } } })),
    /** Versions, newest first. */
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
    /** Saves an older version's document as the newest. The flow keeps its current name. */
    restoreFlowVersion: (flowId: string, { version, baseVersion, saveId = runtime.newId() }: FlowRestore) =>
      saveOnce(() =>
        api.POST('/v1/flows/{flowId}/versions/{version}/restore', {
          params: { path: { flowId, version } },
          body: { baseVersion, saveId },
        }),
      ),

    /**
     * How many runs came through each card, and how many turns were `corrected`; of all versions and times,
     * or of some.
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

    /** Conversations, the last active first. */
    listConversations: (query: ConversationQuery = {}) =>
      pick<Page<Conversation>>(api.GET('/v1/conversations', { params: { query } })),
    getConversation: (conversationId: string) =>
      pick<Conversation>(api.GET('/v1/conversations/{conversationId}', at(conversationId))),
    /** The conversation's log after a cursor, oldest first. */
    listConversationEvents: (conversationId: string, query: { after?: string; limit?: number } = {}) =>
      pick<EventPage>(
        api.GET('/v1/conversations/{conversationId}/events', {
          params: { path: { conversationId }, query },
        }),
      ),
    /**
     * The bytes of a file that was said in the conversation, or its thumbnail (`not_found` when it has none).
     * Show pictures from memory, in lists as thumbnails; offer everything else as a download.
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
     * Replies as a human agent; the same `id` never becomes a second message. The call outlives its page.
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
    /** Ends the session; the visitor's next message starts the flow over. */
    resolve: (conversationId: string) =>
      pick<Conversation>(api.POST('/v1/conversations/{conversationId}/resolve', at(conversationId))),
    /** Notes that agents have seen everything up to a log number. */
    markRead: (conversationId: string, seq: number) =>
      pick<void>(
        api.POST('/v1/conversations/{conversationId}/read', { ...at(conversationId), body: { seq } }),
      ),
    /** Tells the visitor that an agent is writing. */
    sendTyping: (conversationId: string) =>
      pick<void>(api.POST('/v1/conversations/{conversationId}/typing', at(conversationId))),

    /** Follows the account's live hints until the answer is called. */
    subscribe: (listener: AccountListener) =>
      listenToAccount({ runtime, url: `${host}/v1/live`, getToken, signal: given }, listener),
  };
}

/**
 * Every item of a paged list: `await collect((query) => client.listFlows(query))`. Meant for lists that
 * people make by hand (flows, labels, agents), not for conversations.
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

/**
 * Reads an answer for as long as something of it comes, unless it is given up; what is handed on is in
 * memory.
 */
async function readToItsEnd(response: Response, attempt: Attempt): Promise<Response> {
  const { signal } = attempt;
  const reader = response.clone().body?.getReader();
  // Not every fetch ends a body that is being read when its signal aborts; the copy and what it is a copy of
  // both hold on to it.
  const letGo = () => {
    for (const body of [reader, response.body]) void body?.cancel().catch(() => {});
  };
  signal.addEventListener('abort', letGo);
  let piece = await reader?.read();
  while (piece?.done === false && !signal.aborted) {
    attempt.wait(PATIENCE_MS);
    piece = await reader?.read();
  }
  // The answer may have come after that.
  if (signal.aborted) letGo();
  return response;
}

function at(conversationId: string) {
  return { params: { path: { conversationId } } };
}

/**
 * The body of an answer under the contract's richer type: what is only "a flow document" in the generated
 * types has its exact type in `@alur/protocol`. Failures never get here: `send` has thrown.
 */
async function pick<T>(call: Promise<{ data?: unknown }>): Promise<T> {
  return (await call).data as T;
}
