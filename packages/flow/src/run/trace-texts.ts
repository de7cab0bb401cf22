import type { TraceEntry, Why } from './run-types.ts';

/** Trace in the form that is stored and sent. A reason can omit its `text`, see `packTrace`. */
export type PackedTrace = readonly {
  cardId: string;
  outcome: TraceEntry['outcome'];
  why?: { readonly [field: string]: unknown };
}[];

/** Reason that contains the visitor's text. */
type Quoting = Extract<Why, { text: string }>;

/** Codes of these reasons. Reasons of custom kinds (`x-…`) are kept unchanged. */
const QUOTING: Record<Quoting['code'], true> = {
  keyword: true,
  'no-keyword': true,
  'typed-label': true,
  'typed-number': true,
  'typed-other': true,
};

/**
 * Returns a trace without repeated texts: a reason omits its `text` if it equals that of the previous reason
 * with a text. Thousands of branches can test the same message. `unpackTrace` is the inverse.
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

/** Returns a trace with the text of every reason. A trace without omitted texts is unchanged. */
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
