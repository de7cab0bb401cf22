/**
 * The events of a conversation as an agent reads them: messages, and lines about everything else.
 *
 * @module
 */
import type { ConversationEvent, ConversationStatus, Message } from '@alur/protocol';
import { joinNames, type DirectoryNames } from './directory-names.ts';

/** One line of the log. */
export type LogItem =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'session'; key: string; at: string; text: string }
  | {
      kind: 'message';
      key: string;
      message: Message;
      /** The button that was chosen, by press or by typing; null without a choice. */
      chosenButtonId: string | null;
      /** The first of several messages in a row by the same author. */
      startsGroup: boolean;
      /** Whether the visitor has seen it. Set on the last such message only. */
      seen: boolean;
    }
  | { kind: 'note'; key: string; at: string; text: string; tone: 'plain' | 'warning' }
  | { kind: 'rating'; key: string; at: string; score: number; comment: string };

/** After a pause of this length a message names its author and time again. */
const PAUSE_MS = 5 * 60_000;

/** Names of statuses for tabs, badges and lines. */
export const STATUS_NAMES: Record<ConversationStatus, string> = {
  open: 'Open',
  pending: 'Pending',
  assigned: 'Assigned',
  resolved: 'Resolved',
};

/** Returns the lines of the log, oldest first. */
export function buildLog(events: readonly ConversationEvent[], names: DirectoryNames): LogItem[] {
  const choices = chosenButtons(events);
  const seenUpTo = visitorReadUpTo(events);
  const lastSeen = events.findLast(
    (event) => event.type === 'message' && event.message.author.kind !== 'visitor' && event.seq <= seenUpTo,
  );
  const items: LogItem[] = [];
  let day = '';
  let groupAuthor = '';
  let lastMessageAt = 0;
  let isBeginning = false;
  for (const event of events) {
    // A new session starts without assignee, labels and collaborators: no line for each.
    if (event.type === 'session') isBeginning = event.session.status === 'open';
    if (event.type === 'message') isBeginning = false;
    if (isBeginning && event.type !== 'session') continue;
    const item = toItem(event, names);
    if (!item) continue;
    const eventDay = new Date(event.at).toDateString();
    if (eventDay !== day) {
      day = eventDay;
      groupAuthor = '';
      items.push({ kind: 'day', key: `day-${event.seq}`, at: event.at });
    }
    if (item.kind === 'message') {
      const { author } = item.message;
      const authorKey = `${author.kind}:${author.id ?? author.name ?? ''}`;
      const at = Date.parse(item.message.at);
      item.startsGroup = authorKey !== groupAuthor || at - lastMessageAt > PAUSE_MS;
      lastMessageAt = at;
      item.chosenButtonId = choices.get(item.message.id) ?? null;
      item.seen = event === lastSeen;
      groupAuthor = authorKey;
    } else {
      groupAuthor = '';
    }
    items.push(item);
  }
  return items;
}

/** Returns the sequence number up to which the visitor has read. */
function visitorReadUpTo(events: readonly ConversationEvent[]): number {
  let upTo = 0;
  for (const event of events) {
    if (event.type === 'read' && event.by === 'visitor') upTo = Math.max(upTo, event.upTo);
  }
  return upTo;
}

/**
 * Returns the chosen button by the id of the message that offered it. A press names the button. A typed label
 * or number appears as the matched button card in the turn's path.
 */
function chosenButtons(events: readonly ConversationEvent[]): Map<string, string> {
  const chosen = new Map<string, string>();
  let asking: Message | null = null;
  for (const event of events) {
    if (event.type === 'message' && event.message.buttons?.length) asking = event.message;
    if (!asking || chosen.has(asking.id)) continue;
    const offered = asking.buttons ?? [];
    if (event.type === 'message' && event.message.pressed?.cardId === asking.cardId) {
      chosen.set(asking.id, event.message.pressed?.buttonId ?? '');
    }
    if (event.type === 'path' && event.turnId !== asking.turnId) {
      const match = event.trace.find(
        (entry) => entry.outcome === 'matched' && offered.some((button) => button.id === entry.cardId),
      );
      if (match) chosen.set(asking.id, match.cardId);
    }
  }
  return chosen;
}

type Note = Extract<LogItem, { kind: 'note' }>;

function toItem(event: ConversationEvent, names: DirectoryNames): LogItem | null {
  const key = String(event.seq);
  const note = (text: string, tone: Note['tone'] = 'plain'): Note | null =>
    text ? { kind: 'note', key, at: event.at, text, tone } : null;
  switch (event.type) {
    case 'message':
      return {
        kind: 'message',
        key: event.message.id,
        message: event.message,
        chosenButtonId: null,
        startsGroup: true,
        seen: false,
      };
    case 'session':
      return { kind: 'session', key, at: event.at, text: describeSession(event, names) };
    case 'run':
      return note(describeRun(event.run.endReason));
    case 'status':
      // The line that ends the session already says that it is resolved.
      return note(
        event.status === 'resolved' ? '' : `Status menjadi ${STATUS_NAMES[event.status] ?? event.status}`,
      );
    case 'handler':
      return note(describeHandler(event, names));
    case 'labels':
      return note(describeLabels(event, names));
    case 'collaborators':
      return note(describeCollaborators(event, names));
    case 'rating':
      return {
        kind: 'rating',
        key,
        at: event.at,
        score: event.rating.score,
        comment: event.rating.comment ?? '',
      };
    case 'erased':
      return {
        kind: 'session',
        key,
        at: event.at,
        text: 'Pengunjung menghapus datanya. Isi percakapan sudah tidak ada.',
      };
    case 'webhook':
      return event.outcome === 'delivered'
        ? note('Webhook terkirim')
        : note(`Webhook gagal${event.detail ? `: ${event.detail}` : ''}`, 'warning');
    case 'fault':
      return note(event.message, 'warning');
    default:
      // `read` and `path` are shown elsewhere. Unknown types have no text to show.
      return null;
  }
}

type EventOf<T extends ConversationEvent['type']> = Extract<ConversationEvent, { type: T }>;

function describeSession(event: EventOf<'session'>, names: DirectoryNames): string {
  const { number, status } = event.session;
  if (status === 'open') return `Sesi ${number} dimulai`;
  if (event.endedBy === 'visitor') return `Sesi ${number} diakhiri pengunjung`;
  return event.by ? `Sesi ${number} di-Resolve oleh ${names.agent(event.by)}` : `Sesi ${number} di-Resolve`;
}

function describeRun(endReason: string | undefined): string {
  if (endReason === 'cancelled') return 'Flow berhenti karena agen mengambil alih';
  if (endReason === 'unfinished') return 'Flow sampai di jalur yang belum selesai';
  return endReason === 'loop' ? 'Flow berhenti karena berputar-putar' : '';
}

function describeHandler(event: EventOf<'handler'>, names: DirectoryNames): string {
  const { handler, candidates } = event;
  if (handler) {
    return handler.kind === 'ai' ? `Ditangani AI agent ${handler.name}` : `Ditangani ${handler.name}`;
  }
  const possible = candidates
    ? [...candidates.agentIds.map(names.agent), ...candidates.teamIds.map(names.team)]
    : [];
  return possible.length ? `Menunggu salah satu dari ${joinNames(possible)}` : 'Belum ada yang menangani';
}

function describeLabels(event: EventOf<'labels'>, names: DirectoryNames): string {
  const list = (ids: string[]): string => joinNames(ids.map((id) => names.label(id).name));
  const by = event.cardId ? ' oleh Flow' : '';
  const parts = [];
  if (event.added.length) parts.push(`Label ${list(event.added)} ditambahkan${by}`);
  if (event.removed.length) parts.push(`Label ${list(event.removed)} dilepas${by}`);
  return parts.join('. ');
}

function describeCollaborators(event: EventOf<'collaborators'>, names: DirectoryNames): string {
  const list = (who: { agentIds: string[]; teamIds: string[] }): string =>
    joinNames([...who.agentIds.map(names.agent), ...who.teamIds.map(names.team)]);
  const added = list(event.added);
  const removed = list(event.removed);
  const by = event.cardId ? ' oleh Flow' : '';
  const parts = [];
  if (added) parts.push(`${added} menjadi kolaborator${by}`);
  if (removed) parts.push(`${removed} bukan lagi kolaborator`);
  return parts.join('. ');
}
