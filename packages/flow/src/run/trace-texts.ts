import type { TraceEntry, Why } from './run-types.ts';

/** A trace as it is stored and sent: a reason may leave out its `text`, see `packTrace`. */
export type PackedTrace = readonly {
  cardId: string;
  outcome: TraceEntry['outcome'];
  why?: { readonly [field: string]: unknown };
}[];

/** A reason that quotes what the visitor wrote. */
type Quoting = Extract<Why, { text: string }>;

/** Their codes. Reasons of custom kinds (`x-…`) are kept as they are. */
const QUOTING: Record<Quoting['code'], true> = {
  keyword: true,
  'no-keyword': true,
  'typed-label': true,
  'typed-number': true,
  'typed-other': true,
};

/**
 * Returns a trace in which each text stands once: a reason whose `text` is that of the last reason before it
 * that has one leaves it out. Thousands of branches ask the same message, and would each repeat it.
 * `unpackTrace` is the inverse.
 */
export function packTrace(trace: readonly TraceEntry[]): PackedTrace {
  let last: string | undefined;
  return trace.map((entry) => {
    const { why } = entry;
    if (!why || !isQuoting(why)) return entry;
    const { text, ...rest } = why as Quoting;
    if (text === last) return { ...entry, why: rest };
    last = text;
    return entry;
  });
}

/**
 * Returns a trace with the text of every reason. A trace whose reasons all have their text stays as it is.
 */
export function unpackTrace(trace: PackedTrace): TraceEntry[] {
  let last = '';
  return trace.map((entry) => {
    const { why } = entry;
    if (!why || !isQuoting(why)) return entry as TraceEntry;
    if (typeof why['text'] === 'string') last = why['text'];
    return { ...entry, why: { ...why, text: last } as Why };
  });
}

function isQuoting(why: { readonly [field: string]: unknown }): boolean {
  return typeof why['code'] === 'string' && Object.hasOwn(QUOTING, why['code']);
}
