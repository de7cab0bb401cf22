/**
 * The path of a session through its flow, in words.
 *
 * @module
 */
import { describeCard, describeWhy, unpackTrace, type Flow, type TraceEntry } from '@alur/flow';
import type { ConversationEvent, PathEvent } from '@alur/protocol';
import type { Directory } from './directory-names.ts';

/** One card of the path, or one that was tested and did not match. */
export interface PathStep {
  cardId: string;
  /** False for a branch that was tested and did not match. */
  taken: boolean;
  /** The author's title, else what the card does. `*…*` marks what the author wrote. */
  title: string;
  /** Summary of the card, when `title` is the author's. */
  summary: string;
  /** Why it matched or not; '' without a reason. */
  why: string;
}

/** The result of one input of the visitor. */
export interface PathTurn {
  turnId: string;
  /** The visitor's text, or the label of the button. */
  text: string;
  verdict: PathEvent['verdict'];
  /** Why the host corrected the widget, when neither has a fault. */
  reason?: PathEvent['reason'];
  steps: PathStep[];
}

/** Flow documents by `id/version`; null for a version that is gone. */
export type FlowVersions = Record<string, Flow | null>;

/** The key of a flow's version in `FlowVersions`. */
export function flowKey({ id, version }: { id: string; version: number }): string {
  return `${id}/${version}`;
}

/**
 * Returns the path of one session, turn by turn. Cards of a version that is not loaded have their ids as
 * names.
 */
export function cardPath(
  events: readonly ConversationEvent[],
  sessionId: string,
  flows: FlowVersions,
  directory: Directory,
): PathTurn[] {
  const texts = new Map(
    events.flatMap((event) =>
      event.type === 'message' ? [[event.message.id, event.message.text] as const] : [],
    ),
  );
  return events
    .filter((event) => event.type === 'path' && event.sessionId === sessionId)
    .flatMap((event) => (event.type === 'path' ? [event] : []))
    .map(({ flow: version, trace, turnId, verdict, reason }) => {
      const flow = version ? (flows[flowKey(version)] ?? null) : null;
      const steps = unpackTrace(trace).flatMap((entry) => toStep(entry, flow, directory) ?? []);
      return { turnId, text: texts.get(turnId) ?? '', verdict, ...(reason && { reason }), steps };
    });
}

function toStep(entry: TraceEntry, flow: Flow | null, directory: Directory): PathStep | null {
  const { cardId, outcome } = entry;
  const taken = outcome === 'entered' || outcome === 'matched';
  const card = flow?.cards[cardId];
  // A button that was not pressed, or a branch that was not tested, is not part of the path.
  if (outcome === 'not-asked' || (!taken && card?.kind === 'button')) return null;
  const why = entry.why ? describeWhy(entry.why, 'id') : '';
  if (!flow || !card) return { cardId, taken, title: cardId, summary: '', why };
  const description = describeCard(flow, cardId, 'id', directory);
  if (card.kind === 'start') return { cardId, taken, title: 'Start Point', summary: description, why };
  // An Else lists the branches that it follows; the reason "nothing else matched" would repeat that.
  if (card.kind === 'else')
    return { cardId, taken, title: card.title ?? 'Else', summary: description, why: description ? '' : why };
  return card.title
    ? { cardId, taken, title: card.title, summary: description, why }
    : { cardId, taken, title: description, summary: '', why };
}
