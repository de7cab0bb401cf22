import {
  compileFlow,
  explain,
  startRun,
  zoneTables,
  type Effect,
  type Facts,
  type Flow,
  type FlowRun,
  type TraceEntry,
} from '@alur/flow';
import type { TriedStep } from '../../store/tried-conversation.ts';

/** One step with what the flow made of it. */
export interface Exchange {
  step: TriedStep;
  effects: Effect[];
  trace: TraceEntry[];
  /** The flow paid no attention: it had ended, or the press was not meant for it. */
  isIgnored: boolean;
}

/** A whole tried conversation. */
export interface Played {
  exchanges: Exchange[];
  /** Where the current session stands. */
  run: FlowRun;
  /** What the current session did with each card it came by: what the canvas lights. */
  trace: ReadonlyMap<string, TraceEntry>;
}

/** How far before and after the tried moments zone offsets are looked up. */
const DAY_MS = 86_400_000;

/**
 * Plays a conversation from its beginning with the engine itself. It is played again whenever the flow
 * changes, so what is shown is always what this flow would do.
 */
export function playConversation(flow: Flow, steps: readonly TriedStep[], facts: Facts): Played {
  const compiled = compileFlow(flow, zonesFor(flow, steps));
  let run = startRun(compiled, facts);
  let trace = new Map<string, TraceEntry>();
  const exchanges: Exchange[] = [];
  for (const step of steps) {
    if (step.kind === 'resolve') {
      run = startRun(compiled, facts);
      trace = new Map();
      exchanges.push({ step, effects: [], trace: [], isIgnored: false });
      continue;
    }
    const answer = explain(compiled, run, step.input);
    run = answer.run;
    for (const entry of answer.trace) note(trace, entry);
    const isIgnored = answer.effects.length === 0 && answer.trace.length === 0;
    exchanges.push({ step, effects: answer.effects, trace: answer.trace, isIgnored });
  }
  return { exchanges, run, trace };
}

/**
 * The moment at which a clock in a zone shows `local` (`2026-02-03T09:30`), as ISO 8601 in UTC; null when it
 * cannot be read.
 */
export function instantOf(local: string, timeZone: string): string | null {
  const asUtc = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtc)) return null;
  try {
    const first = asUtc - offsetMs(asUtc, timeZone);
    // The offset may be another one on the other side of a change of the clocks.
    return new Date(asUtc - offsetMs(first, timeZone)).toISOString();
  } catch {
    return null;
  }
}

/** What a clock in a zone shows at a moment, as `2026-02-03T09:30`. */
export function localTimeOf(at: number, timeZone: string): string {
  return new Date(at + offsetMs(at, timeZone)).toISOString().slice(0, 16);
}

function offsetMs(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const shown = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return shown - Math.floor(at / 1000) * 1000;
}

function zonesFor(flow: Flow, steps: readonly TriedStep[]) {
  const times = steps.flatMap((step) => (step.kind === 'input' ? [Date.parse(step.input.at)] : []));
  const from = Math.min(...times, Date.now());
  const days = Math.ceil((Math.max(...times, from) - from) / DAY_MS) + 2;
  return zoneTables(flow, from - DAY_MS, days);
}

/** Keeps what says most: a card that was taken stays lit when it is passed by later. */
function note(trace: Map<string, TraceEntry>, entry: TraceEntry): void {
  const rank = { entered: 3, matched: 3, 'not-matched': 2, 'not-asked': 1 };
  const before = trace.get(entry.cardId);
  if (!before || rank[entry.outcome] >= rank[before.outcome]) trace.set(entry.cardId, entry);
}
