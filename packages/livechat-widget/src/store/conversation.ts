import type {
  Author,
  OutboxEntry,
  QueuedTurn,
  ConversationEvent,
  FlowRun,
  Message,
  PublicHandler,
  Session,
  TurnResult,
  TypingSignal,
  VisitorConversation,
} from '@alur/client';

/** A turn that the host has accepted, while its events are not all in the log yet. */
export interface Answered {
  turn: QueuedTurn;
  result: TurnResult;
}

/** Everything known about a conversation. Plain data; `screen.ts` computes the screen from it. */
export interface Conversation {
  /** Session according to the log; null before the first turn. */
  session: Session | null;
  run: FlowRun | null;
  /** Log number up to which `run` includes every turn. */
  runAt: number;
  /** Messages of the log, ordered by `seq`, without duplicates. */
  messages: readonly Message[];
  /** Whether the host has older messages. */
  more: boolean;
  /** Turns that were accepted but are not completely in the log yet, in the order of their results. */
  answered: readonly Answered[];
  /** The outbox, oldest first. */
  pending: readonly OutboxEntry[];
  handler: PublicHandler | null;
  /** Log number at which `handler` became the assignee, or the newest one that was known before. */
  handlerAt: number;
  /** Number of the last turn in the newest snapshot, which includes all results up to it. */
  seq: number;
  /** Number of messages that the visitor did not write and has not seen. */
  unread: number;
  /** Log number up to which the visitor has read. */
  readByVisitor: number;
  /** Log number up to which agents have read. */
  readByAgents: number;
  typing: TypingSignal | null;
}

/** Action that changes a conversation. */
export type ConversationAction =
  /** `relayed`: another tab requested it, possibly before the device stored the state that is known here. */
  | { kind: 'snapshot'; conversation: VisitorConversation; relayed?: boolean | undefined }
  | { kind: 'older'; conversation: VisitorConversation }
  | { kind: 'event'; event: ConversationEvent }
  | { kind: 'answered'; turn: QueuedTurn; result: TurnResult }
  | { kind: 'outbox'; entries: readonly OutboxEntry[] }
  | { kind: 'typing'; typing: TypingSignal | null }
  | { kind: 'read'; upTo: number };

/** An empty conversation. */
export const EMPTY_CONVERSATION: Conversation = {
  session: null,
  run: null,
  runAt: 0,
  messages: [],
  more: false,
  answered: [],
  pending: [],
  handler: null,
  handlerAt: 0,
  seq: 0,
  unread: 0,
  readByVisitor: 0,
  readByAgents: 0,
  typing: null,
};

/** Returns the conversation after `action`. Pure. Returns the same object if nothing changes. */
export function reduce(state: Conversation, action: ConversationAction): Conversation {
  switch (action.kind) {
    case 'snapshot': {
      const next = withSnapshot(state, action.conversation);
      return action.relayed ? withNewer(next, state, action.conversation.logSeq) : next;
    }
    case 'older': {
      const { messages, more } = action.conversation;
      return { ...state, messages: mergeMessages(state.messages, messages), more };
    }
    case 'event':
      return withEvent(state, action.event);
    case 'answered':
      return withAnswer(state, action);
    case 'outbox': {
      const pending = { ...state, pending: action.entries };
      const mark = action.entries.findLast(({ kind }) => kind === 'read');
      // Messages read in one tab are read in all tabs, before the host knows.
      return mark?.kind === 'read' ? reduce(pending, { kind: 'read', upTo: mark.upTo }) : pending;
    }
    case 'typing':
      // A signal may arrive after the end of its session.
      if (action.typing?.active === false || isResolved(state)) return { ...state, typing: null };
      return { ...state, typing: action.typing };
    case 'read': {
      const { upTo } = action;
      if (upTo < state.readByVisitor || (upTo === state.readByVisitor && state.unread === 0)) return state;
      const newer = state.messages.filter(
        ({ seq, author }) => seq > upTo && author.kind !== 'visitor',
      ).length;
      return { ...state, readByVisitor: upTo, unread: Math.min(state.unread, newer) };
    }
    default:
      return state;
  }
}

/** Returns the log number of the newest message. */
export function newestSeq({ messages }: Conversation): number {
  return messages.at(-1)?.seq ?? 0;
}

/**
 * Returns who is answering: the author of the last reply in the current session, unless the assignee changed
 * after it. An AI agent no longer answers once an agent is assigned. Null while only the flow answers.
 */
export function answererOf({
  session,
  messages,
  handler,
  handlerAt,
}: Conversation): Author | PublicHandler | null {
  for (let i = messages.length - 1; i >= 0; i--) {
    const { author, seq, sessionId } = messages[i]!;
    if (sessionId !== session?.id || seq <= (handlerAt ?? 0)) break;
    if (author.kind === 'agent' || (author.kind === 'ai' && handler?.kind !== 'agent')) return author;
  }
  return handler;
}

/** Returns who is typing, with the picture of the known person of that name. */
export function typingAuthorOf(conversation: Conversation): Author | null {
  const { typing, handler } = conversation;
  if (!typing) return null;
  const { name } = typing;
  const kind = typing.by === 'ai' ? 'ai' : 'agent';
  // The picture must belong to the person with this name.
  const known = [answererOf(conversation), handler].find(
    (one) => one?.kind === kind && (!name || one.name === name),
  );
  return { ...known, kind, ...(name && { name }) };
}

function withSnapshot(state: Conversation, snapshot: VisitorConversation): Conversation {
  const { session, run, messages, more, handler, seq, unread, readSeq = 0 } = snapshot;
  // A result that arrived while the snapshot was requested may be newer than the snapshot.
  const answered = state.answered.filter(({ result }) => result.seq > seq);
  return {
    ...state,
    session,
    run,
    runAt: messages.at(-1)?.seq ?? 0,
    messages: mergeMessages([], messages),
    more,
    handler,
    // An assignee who is new here changed after everything that was known.
    handlerAt: isSameHandler(state.handler, handler) ? state.handlerAt : newestSeq(state),
    typing: session?.status === 'resolved' ? null : state.typing,
    seq,
    unread,
    answered,
    readByAgents: readSeq,
  };
}

/** Adds to a snapshot the parts of `known` that are after number `logSeq` in the log. */
function withNewer(state: Conversation, known: Conversation, logSeq: number): Conversation {
  const { messages, session, run, runAt, handler, handlerAt } = known;
  const next = messages.filter(({ seq }) => seq > logSeq).reduce(withMessage, state);
  return {
    ...next,
    ...(runAt > logSeq && { session, run, runAt }),
    ...(handlerAt > logSeq && { handler, handlerAt }),
    // A read mark never goes back.
    readByAgents: Math.max(next.readByAgents, known.readByAgents),
  };
}

function withEvent(state: Conversation, event: ConversationEvent): Conversation {
  switch (event.type) {
    case 'message':
      return withMessage(state, event.message);
    case 'session':
      return {
        ...state,
        session: event.session,
        typing: event.session.status === 'resolved' ? null : state.typing,
        // A new session has a new run, which its first turn contains.
        run: event.session.id === state.session?.id ? state.run : null,
        runAt: event.seq,
      };
    case 'run':
      return { ...state, run: event.run, runAt: event.seq };
    case 'handler':
      return { ...state, handler: event.handler, handlerAt: event.seq };
    case 'read':
      if (event.by === 'agent') return { ...state, readByAgents: Math.max(state.readByAgents, event.upTo) };
      return reduce(state, { kind: 'read', upTo: event.upTo });
    default:
      return state;
  }
}

function isResolved({ session }: Conversation): boolean {
  return session?.status === 'resolved';
}

function isSameHandler(one: PublicHandler | null, other: PublicHandler | null): boolean {
  return one?.kind === other?.kind && one?.name === other?.name;
}

function withMessage(state: Conversation, message: Message): Conversation {
  const isNew = !state.messages.some(({ id }) => id === message.id);
  const messages = mergeMessages(state.messages, [message]);
  const ofOthers = message.author.kind !== 'visitor';
  const unread = state.unread + (isNew && ofOthers && message.seq > state.readByVisitor ? 1 : 0);
  const typing = ofOthers ? null : state.typing;
  // The log contains this turn now, so its result becomes part of the known state.
  const result = state.answered.find(({ turn }) => turn.id === message.id)?.result;
  const base = result && isNew ? { session: result.session, run: result.run, runAt: message.seq } : {};
  return { ...state, ...base, messages, unread, typing, answered: notInLog(state.answered, messages) };
}

function withAnswer(state: Conversation, { turn, result }: Answered): Conversation {
  // No events follow for these: an ignored press (an accepted one has at least an effect), and a turn whose
  // result arrived again, long after its events.
  const isIgnored = turn.input.kind === 'press' && result.effects.length === 0;
  if (isIgnored || result.seq <= state.seq) return state;
  const others = state.answered.filter((known) => known.turn.id !== turn.id);
  // The log already contains the message, but not yet the run after it.
  const logged = state.messages.find(({ id, seq }) => id === turn.id && seq > state.runAt);
  const base = logged && { session: result.session, run: result.run, runAt: logged.seq };
  return { ...state, ...base, answered: notInLog([...others, { turn, result }], state.messages) };
}

/** Returns the entries of `answered` whose messages are not all in the log. */
function notInLog(answered: readonly Answered[], messages: readonly Message[]): readonly Answered[] {
  if (answered.length === 0) return answered;
  const loggedIds = new Set(messages.map(({ id }) => id));
  return answered.filter(({ turn, result }) => {
    const ids = result.effects.flatMap(({ kind }, i) =>
      kind === 'send-message' || kind === 'send-buttons' ? [`${turn.id}.${i}`] : [],
    );
    return ![turn.id, ...ids].every((id) => loggedIds.has(id));
  });
}

/** Merges both lists: each id once (the later entry wins), ordered by `seq`. */
function mergeMessages(known: readonly Message[], more: readonly Message[]): readonly Message[] {
  const last = known.at(-1);
  const [only] = more;
  // The most frequent case: one message, newer than all others.
  if (last && more.length === 1 && only && only.seq > last.seq) return [...known, only];
  const byId = new Map([...known, ...more].map((message) => [message.id, message]));
  return [...byId.values()].sort((a, b) => a.seq - b.seq);
}
