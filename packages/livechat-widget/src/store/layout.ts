import type { ScreenMessage } from './screen.ts';

/** Consecutive messages of one author, close in time. */
export interface MessageGroup {
  kind: 'group';
  key: string;
  messages: readonly ScreenMessage[];
}

/**
 * One row of the message list. Its key contains the id of the row's first message, so that it is unique even
 * if labels are equal.
 */
export type Row =
  | MessageGroup
  | { kind: 'day'; key: string; at: string }
  /** Divider between two sessions. The one above was resolved. */
  | { kind: 'session'; key: string };

const GROUP_MS = 5 * 60_000;

/**
 * Groups messages into rows: days, sessions, and groups by author. `dayOf` returns the label of the visitor's
 * local day of a time.
 */
export function groupIntoRows(messages: readonly ScreenMessage[], dayOf: (at: string) => string): Row[] {
  const rows: Row[] = [];
  let group: ScreenMessage[] = [];
  let previous: ScreenMessage | undefined;
  let day = '';
  for (const message of messages) {
    const today = dayOf(message.at);
    const newSession = previous !== undefined && previous.sessionId !== message.sessionId;
    if (newSession) rows.push({ kind: 'session', key: `session ${message.id}` });
    if (today !== day) rows.push({ kind: 'day', key: `day ${message.id}`, at: message.at });
    if (!previous || newSession || today !== day || !belongTogether(previous, message)) {
      group = [];
      rows.push({ kind: 'group', key: `group ${message.id}`, messages: group });
    }
    group.push(message);
    day = today;
    previous = message;
  }
  return rows;
}

function belongTogether(one: ScreenMessage, next: ScreenMessage): boolean {
  return (
    one.author.kind === next.author.kind &&
    one.author.name === next.author.name &&
    Date.parse(next.at) - Date.parse(one.at) < GROUP_MS
  );
}
