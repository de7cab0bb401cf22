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
  Reply,
  SavedVersion,
  Team,
} from '@alur/protocol';
import type { Runtime } from '../runtime.ts';
import type { AccountListener } from './account-feed.ts';
import type { GetToken } from './with-token.ts';

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

/** A flow to create: a single Start Point, or a copy of `flow`. */
export interface NewFlow {
  name: string;
  flow?: FlowVersion['flow'];
  /** Whether a copy without errors is live. Default: true. */
  live?: boolean;
}

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

/** Selects events of a log. */
export interface EventQuery {
  after?: string;
  limit?: number;
}

/** Selects the size of an image. Default: `original`. */
export interface AttachmentQuery {
  size?: 'original' | 'thumbnail';
}

/**
 * Client of the dashboard API. All calls throw `ClientError`: `timeout` when the host sends nothing for 20 s.
 * A long response, such as a file of 10 MiB, has no total time limit. A long request body extends the wait
 * for the response by 10 s per 100 kB. Reads that fail temporarily (no network, 429, 5xx) are tried three
 * times in total, with jitter and after `Retry-After`, within 3 s. Writes are never repeated automatically,
 * except saves of a flow.
 */
export interface DashboardClient {
  /** Lists flows, most recently changed first. */
  listFlows(query?: PageQuery): Promise<Page<FlowSummary>>;
  /** Returns a flow with its newest version. */
  getFlow(flowId: string): Promise<FlowDetail>;
  /**
   * Creates a flow with a single Start Point, or with a copy of `flow`. The copy is live if it has no
   * errors and `live` is not false.
   */
  createFlow(body: NewFlow): Promise<FlowDetail>;
  /**
   * Renames a flow without a new version. Throws `version_conflict` when `baseVersion` is not the newest
   * one.
   */
  renameFlow(flowId: string, change: { name: string; baseVersion: number }): Promise<FlowSummary>;
  /**
   * Deletes a flow. Throws `version_conflict`, and `in_use` while an inbox uses it; `error.problem.inboxes`
   * lists the inboxes.
   */
  deleteFlow(flowId: string, check: { baseVersion: number }): Promise<void>;
  /** Lists versions, newest first. */
  listFlowVersions(flowId: string, query?: PageQuery): Promise<Page<FlowVersionSummary>>;
  /** Returns one version of a flow. */
  getFlowVersion(flowId: string, version: number): Promise<FlowVersion>;
  /** Saves a new version on top of `baseVersion`. Safe to repeat with the same `saveId`. */
  saveFlowVersion(flowId: string, save: FlowSave): Promise<SaveOutcome>;
  /** Saves an older version's document as the newest version. The flow keeps its current name. */
  restoreFlowVersion(flowId: string, restore: FlowRestore): Promise<SaveOutcome>;
  /**
   * Counts the runs that passed each card, and the turns that were `corrected`. Default: all versions and
   * times.
   */
  flowStatistics(flowId: string, query?: StatisticsQuery): Promise<FlowStatistics>;
  /** Lists inboxes. */
  listInboxes(query?: PageQuery): Promise<Page<Inbox>>;
  /** Returns an inbox. */
  getInbox(inboxId: string): Promise<Inbox>;
  /** Changes settings of an inbox. */
  updateInbox(inboxId: string, change: InboxUpdate): Promise<Inbox>;
  /** Lists labels. */
  listLabels(query?: PageQuery): Promise<Page<Label>>;
  /** Lists agents. */
  listAgents(query?: PageQuery): Promise<Page<Agent>>;
  /** Sets whether an agent takes conversations. An agent's own token may set its own agent only. */
  setPresence(agentId: string, presence: 'online' | 'away'): Promise<Agent>;
  /** Deactivates an agent (`active: false`), activates it again, or changes `maxOpen`. */
  updateAgent(agentId: string, change: AgentUpdate): Promise<Agent>;
  /** Lists teams. */
  listTeams(query?: PageQuery): Promise<Page<Team>>;
  /** Lists AI agents. */
  listAiAgents(query?: PageQuery): Promise<Page<AiAgent>>;
  /** Lists conversations, the last active first. */
  listConversations(query?: ConversationQuery): Promise<Page<Conversation>>;
  /** Returns a conversation. */
  getConversation(conversationId: string): Promise<Conversation>;
  /** Returns the conversation's log after a cursor, oldest first. */
  listConversationEvents(conversationId: string, query?: EventQuery): Promise<EventPage>;
  /**
   * Returns the bytes of a file in the conversation, or its thumbnail (`not_found` when it has none). Show
   * images from memory, in lists as thumbnails. Offer all other files as downloads.
   */
  attachment(conversationId: string, attachmentId: string, query?: AttachmentQuery): Promise<Blob>;
  /**
   * Replies as a human agent. The same `id` never creates a second message. The request outlives its page.
   * `openAgentReplies` repeats it until the host has the reply.
   */
  reply(conversationId: string, reply: Reply): Promise<Message>;
  /** Changes the assignee. */
  assign(conversationId: string, assignment: Assignment): Promise<Conversation>;
  /** Replaces the labels. */
  setLabels(conversationId: string, labelIds: string[]): Promise<Conversation>;
  /** Replaces the collaborators. */
  setCollaborators(conversationId: string, collaborators: Collaborators): Promise<Conversation>;
  /** Ends the session. The visitor's next message starts the flow again. */
  resolve(conversationId: string): Promise<Conversation>;
  /** Records that agents have seen everything up to a log number. */
  markRead(conversationId: string, seq: number): Promise<void>;
  /** Shows the visitor that an agent is writing. */
  sendTyping(conversationId: string): Promise<void>;
  /** Subscribes to the account's live hints. Returns an unsubscribe function. */
  subscribe(listener: AccountListener): () => void;
  /**
   * Returns the same calls with an abort signal. After an abort they throw its reason, `subscribe` ends, and
   * no retry follows. An aborted write may have arrived. Of two signals, the last one applies.
   */
  withSignal(signal: AbortSignal): DashboardClient;
}
