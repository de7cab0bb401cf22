import {
  compileFlow,
  explain,
  runKinds,
  startRun,
  zoneTables,
  type Effect,
  type Facts,
  type Flow,
  type FlowRun,
  type TraceEntry,
} from '@alur/flow';
import type { EditorKinds } from '../../kinds/editor-kind.ts';
import type { TriedStep } from '../../store/tried-conversation.ts';

/** Step of a conversation with its result. */
export interface Exchange {
  step: TriedStep;
  effects: Effect[];
  trace: TraceEntry[];
  /** Whether the flow ignored the input, because it had ended or did not accept the press. */
  isIgnored: boolean;
}

/** Result of a tried conversation. */
export interface Played {
  exchanges: Exchange[];
  /** Run of the current session. */
  run: FlowRun;
  /** Trace of the current session, by card. The canvas highlights it. */
  trace: ReadonlyMap<string, TraceEntry>;
}

/** Milliseconds of a day. Zone offsets are looked up one day before and after the tried moments. */
const DAY_MS = 86_400_000;

/**
 * Runs a conversation from its start with the engine. It runs again after each change of the flow, so that
 * the shown result is always current.
 */
export function playConversation(
  flow: Flow,
  steps: readonly TriedStep[],
  facts: Facts,
  kinds: EditorKinds,
): Played {
  const compiled = compileFlow(flow, zonesFor(flow, steps), runKinds(kinds.run));
  let run = startRun(facts);
  let trace = new Map<string, TraceEntry>();
  const exchanges: Exchange[] = [];
  for (const step of steps) {
    if (step.kind === 'resolve') {
      run = startRun(facts);
      trace = new Map();
      exchanges.push({ step, effects: [], trace: [], isIgnored: false });
      continue;
    }
    const answer = explain(compiled, run, step.input, { kinds: kinds.author });
    run = answer.run;
    for (const entry of answer.trace) addEntry(trace, entry);
    const isIgnored = answer.effects.length === 0 && answer.trace.length === 0;
    exchanges.push({ step, effects: answer.effects, trace: answer.trace, isIgnored });
  }
  return { exchanges, run, trace };
}

/**
 * Converts the local time `local` (`2026-02-03T09:30`) in a zone to ISO 8601 in UTC. Returns null for an
 * unreadable time.
 */
export function instantOf(local: string, timeZone: string): string | null {
  const asUtc = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtc)) return null;
  try {
    const first = asUtc - offsetMs(asUtc, timeZone);
    // The offset can differ at the other side of a clock change.
    return new Date(asUtc - offsetMs(first, timeZone)).toISOString();
  } catch {
    return null;
  }
}

/** Returns the local time in a zone at a moment, as `2026-02-03T09:30`. */
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

/** Adds an entry to the trace. An entry of a lower rank does not replace an existing one. */
function addEntry(trace: Map<string, TraceEntry>, entry: TraceEntry): void {
  const rank = { entered: 3, matched: 3, 'not-matched': 2, 'not-asked': 1 };
  const before = trace.get(entry.cardId);
  if (!before || rank[entry.outcome] >= rank[before.outcome]) trace.set(entry.cardId, entry);
}
