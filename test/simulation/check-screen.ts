import type { Message } from '@alur/protocol';
import { publicHandler } from '../../packages/host/src/operations/event-views.ts';
import { canonical } from '../../packages/host/src/operations/compare-claim.ts';
import type { View } from '../../packages/livechat-widget/src/session/view-model.ts';
import type { ConversationTable, Tables } from './host/tables.ts';
import type { Tab } from './tab.ts';

/** Number of messages in a snapshot. */
const SNAPSHOT = 50;

/** Checks every change of every screen: no message is shown twice, and the visitor's messages stay. */
export function createScreenWatch(report: (fault: string) => void) {
  /** By tab: messages that must stay on the screen. */
  const shown = new Map<Tab, Set<string>>();

  function see({ screen, conversation }: View, tab: Tab): void {
    const ids = new Set<string>();
    const lasting = new Set<string>();
    const presses = new Set(
      conversation.pending.flatMap((entry) =>
        entry.kind === 'turn' && entry.turn.input.kind === 'press' ? [entry.id] : [],
      ),
    );
    for (const { id, author, delivery } of screen.messages) {
      if (ids.has(id)) report(`${tab.name} shows ${id} twice.`);
      ids.add(id);
      // A press can turn out to be a message, and a refused entry can be withdrawn.
      if (author.kind === 'visitor' && delivery !== 'failed' && !presses.has(id)) lasting.add(id);
    }
    const before = shown.get(tab);
    if (before && screen.messages.length < SNAPSHOT)
      for (const id of before) if (!ids.has(id)) report(`${tab.name} no longer shows ${id}.`);
    shown.set(tab, lasting);
  }
  return { see };
}

/** Returns the difference between a tab's screen and the host's data; null without one. */
export function screenFault(tab: Tab, tables: Tables): string | null {
  const { view } = tab;
  if (view.status !== 'online') return `its line is ${view.status}.`;
  const record = tab.device.values.get('visitor') as { visitorId: string } | undefined;
  const table = record && tables.ofVisitor.get(record.visitorId);
  return messagesFault(view, table) ?? stateFault(view, table);
}

function messagesFault({ screen }: View, table: ConversationTable | undefined): string | null {
  const told = [...(table?.messages.values() ?? [])].slice(-SNAPSHOT).map(lineOf);
  const shown = screen.messages.filter(({ delivery }) => delivery !== 'failed');
  const lines = shown.slice(-told.length || shown.length).map(lineOf);
  if (told.length === 0 && shown.length > 0)
    return `it shows ${lineOf(shown[0]!)}, which the host does not have.`;
  for (const [index, line] of told.entries())
    if (line !== lines[index]) return `it shows ${lines[index]} where the host has ${line}.`;
  return null;
}

function lineOf({
  id,
  seq,
  author,
  text,
  sessionId,
  at,
}: Pick<Message, 'id' | 'seq' | 'author' | 'text' | 'sessionId' | 'at'>): string {
  return `#${seq} ${author.kind} "${text}" ${id} ${sessionId} ${at}`;
}

function stateFault({ screen, conversation }: View, table: ConversationTable | undefined): string | null {
  const state = table?.state;
  const isOpen = state?.session.status === 'open';
  const run = isOpen ? state.run : null;
  const unread = [...(table?.messages.values() ?? [])].filter(
    ({ seq, author }) => author.kind !== 'visitor' && seq > (state?.visitorRead ?? 0),
  ).length;
  const waiting = run?.status === 'waiting' ? [run.waitingAt] : [];
  const open = screen.messages.flatMap(({ choices }) => (choices?.open ? [choices.cardId] : []));
  const { session } = screen;
  return (
    differ('run', screen.run, run) ??
    differ(
      'session',
      session && { id: session.id, flow: session.flow },
      isOpen ? { id: state.session.id, flow: state.session.flow } : null,
    ) ??
    differ('open buttons', open, waiting) ??
    differ('handler', conversation.handler, publicHandler(state?.handler ?? null)) ??
    differ('mark of agents', conversation.readByAgents, state?.agentRead ?? 0) ??
    differ('unread', conversation.unread, unread)
  );
}

function differ(what: string, shown: unknown, told: unknown): string | null {
  const [a, b] = [canonical(shown), canonical(told)];
  return a === b ? null : `its ${what} is ${a} where the host has ${b}.`;
}
