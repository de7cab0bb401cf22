/**
 * The state of the agent inbox and its changes: plain data and pure functions. The store holds one state.
 *
 * @module
 */
import type { Conversation, ConversationEvent, ConversationStatus } from '@alur/protocol';
import type { FlowVersions } from './card-path.ts';
import type { Directory } from './directory-names.ts';

/** Selects the listed conversations. */
export interface Filter {
  status: ConversationStatus | 'all';
  labelId: string;
  /** Only those that the signed-in agent handles or collaborates on. */
  mine: boolean;
}

/** The conversation that is open. */
export interface OpenConversation {
  id: string;
  phase: 'loading' | 'ready' | 'missing' | 'failed';
  events: ConversationEvent[];
  /** Cursor of the last event in `events`. */
  cursor: string;
}

export interface InboxState {
  phase: 'loading' | 'ready' | 'failed';
  agentId: string;
  directory: Directory | null;
  conversations: Record<string, Conversation>;
  /** Cursor of the next page of the list; null when all are loaded. */
  nextPage: string | null;
  filter: Filter;
  open: OpenConversation | null;
  /** Changes (label, assign, resolve …) that the host refused, as text, by conversation. */
  failures: Record<string, string>;
  /** Conversations with a draft or an unsent reply. They are listed regardless of the filter. */
  unfinished: ReadonlySet<string>;
  /** Number of failed reads that are being repeated. */
  retrying: number;
  /** The flow versions that the open conversations ran on. */
  flows: FlowVersions;
  /** Conversations whose visitor is writing now. */
  typing: Record<string, true>;
  /** Whether the live stream is up. */
  live: boolean;
}

export const INITIAL_STATE: InboxState = {
  phase: 'loading',
  agentId: '',
  directory: null,
  conversations: {},
  nextPage: null,
  filter: { status: 'all', labelId: '', mine: false },
  open: null,
  failures: {},
  unfinished: new Set(),
  retrying: 0,
  flows: {},
  typing: {},
  live: true,
};

/** Returns the conversations that match the filter and the unfinished ones, the last active first. */
export function visibleConversations(state: InboxState): Conversation[] {
  const { status, labelId, mine } = state.filter;
  return Object.values(state.conversations)
    .filter(
      (conversation) =>
        state.unfinished.has(conversation.id) ||
        ((status === 'all' || conversation.status === status) &&
          (!labelId || conversation.labelIds.includes(labelId)) &&
          (!mine || isMine(conversation, state))),
    )
    .toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt) || b.id.localeCompare(a.id));
}

/** Whether it waits for a human and has no agent among its collaborators: every agent sees it. */
function isUnassigned(
  { status, handler, collaborators }: Conversation,
  directory: Directory | null,
): boolean {
  if (status !== 'pending' || handler !== null) return false;
  const isActiveAgent = (id: string) =>
    directory?.agents.some((agent) => agent.id === id && agent.active !== false);
  const members = directory?.teams.filter(({ id }) => collaborators.teamIds.includes(id)) ?? [];
  return ![...collaborators.agentIds, ...members.flatMap(({ agentIds }) => agentIds)].some(isActiveAgent);
}

function isMine(conversation: Conversation, { agentId, directory }: InboxState): boolean {
  const { handler, collaborators } = conversation;
  if (isUnassigned(conversation, directory)) return true;
  if (handler?.kind === 'agent' && handler.id === agentId) return true;
  if (collaborators.agentIds.includes(agentId)) return true;
  const teams = directory?.teams.filter((team) => team.agentIds.includes(agentId)) ?? [];
  return teams.some((team) => collaborators.teamIds.includes(team.id));
}

/** Adds conversations, unless a newer state of one is already known. */
export function withConversations(state: InboxState, list: Conversation[]): InboxState {
  const conversations = { ...state.conversations };
  for (const conversation of list) {
    const known = conversations[conversation.id];
    if (!known || known.seq <= conversation.seq) conversations[conversation.id] = conversation;
  }
  return { ...state, conversations };
}

/**
 * Keeps only these conversations (in a newer state if known), the open one and unfinished ones. The rest may
 * no longer exist.
 */
export function withOnly(state: InboxState, list: Conversation[]): InboxState {
  const keptIds = [...list.map(({ id }) => id), state.open?.id ?? '', ...state.unfinished];
  const conversations = Object.fromEntries(
    keptIds.flatMap((id) => (state.conversations[id] ? [[id, state.conversations[id]]] : [])),
  );
  return withConversations({ ...state, conversations }, list);
}

/** Adds events of the open conversation. Ignores late and repeated ones. */
export function withEvents(
  state: InboxState,
  id: string,
  events: ConversationEvent[],
  cursor: string,
): InboxState {
  const { open } = state;
  if (open?.id !== id) return state;
  const lastSeq = open.events.at(-1)?.seq ?? 0;
  const newEvents = events.filter((event) => event.seq > lastSeq);
  return {
    ...state,
    open: {
      ...open,
      phase: 'ready',
      cursor,
      events: [...open.events, ...newEvents],
    },
  };
}

/** Sets or clears the error of the last change of a conversation. */
export function withFailure(state: InboxState, conversationId: string, failure: string | null): InboxState {
  const { [conversationId]: _, ...failures } = state.failures;
  return { ...state, failures: failure === null ? failures : { ...failures, [conversationId]: failure } };
}

/** Sets whether the visitor of a conversation is typing. */
export function withTyping(state: InboxState, conversationId: string, active: boolean): InboxState {
  const { [conversationId]: _, ...typing } = state.typing;
  return { ...state, typing: active ? { ...typing, [conversationId]: true } : typing };
}
