import type { Flow, FlowExample } from '../document/flow.ts';
import { cardOf, startOf, subtreeOf } from '../document/tree.ts';
import { zonesAt } from '../document/zone-tables.ts';
import { startRun } from '../run/advance.ts';
import { compileFlow } from '../run/compile.ts';
import { explain } from '../run/explain.ts';
import type { RunKinds } from '../kinds/run-kind.ts';
import type { Effect, FlowRun, TraceEntry } from '../run/run-types.ts';
import { readInstant } from '../run/wall-clock.ts';

/** Result of one example. */
export interface ExampleResult {
  id: string;
  name: string;
  passed: boolean;
  /** Card at which the run ended or waits. Null if it did not start. */
  end: string | null;
  /** Labels that the run added, without duplicates, in order. */
  labelIds: string[];
  /** Sentences about failed expectations. Empty if the example passed. */
  failures: string[];
  effects: Effect[];
  trace: TraceEntry[];
}

/** Results of all examples of a flow, with the cards that they entered. */
export interface ExamplesReport {
  results: ExampleResult[];
  passed: number;
  failed: number;
  /** Cards that at least one example entered, in the order of the flow. */
  visited: string[];
  /** Cards that no example entered. */
  unvisited: string[];
}

/**
 * Runs the flow's examples, or the given ones, like a visitor and a host. `kinds` is the return value of
 * `runKinds`, for custom kinds. Never throws.
 */
export function runExamples(
  flow: Flow,
  { examples = flow.examples ?? [], kinds }: { examples?: readonly FlowExample[]; kinds?: RunKinds } = {},
): ExamplesReport {
  const compiled = compileFlow(flow, zonesFor(flow, examples), kinds);
  const seen = new Set<string>();
  const results = examples.map((example) => {
    let run: FlowRun = startRun(example.facts);
    const effects: Effect[] = [];
    const trace: TraceEntry[] = [];
    for (const input of example.inputs) {
      const answer = explain(compiled, run, input);
      run = answer.run;
      effects.push(...answer.effects);
      trace.push(...answer.trace);
    }
    for (const { cardId, outcome } of trace)
      if (outcome === 'entered' || outcome === 'matched') seen.add(cardId);
    return compareResult(flow, example, run, effects, trace);
  });
  const order = subtreeOf(flow, startOf(flow));
  const passed = results.filter((result) => result.passed).length;
  return {
    results,
    passed,
    failed: results.length - passed,
    visited: order.filter((id) => seen.has(id)),
    unvisited: order.filter((id) => !seen.has(id)),
  };
}

function compareResult(
  flow: Flow,
  example: FlowExample,
  run: FlowRun,
  effects: Effect[],
  trace: TraceEntry[],
): ExampleResult {
  const { id, name, expect } = example;
  const last = effects.findLast((effect) => effect.kind === 'end' || effect.kind === 'send-buttons');
  const end = run.status === 'waiting' ? run.waitingAt : ((last?.cardId as string | undefined) ?? null);
  const labelIds = [
    ...new Set(effects.flatMap((effect) => (effect.kind === 'label' ? effect.labelIds : []))),
  ];
  const failures: string[] = [];
  if (expect.end !== undefined && expect.end !== end) {
    const gone = cardOf(flow, expect.end) ? '' : ', which is not in this flow';
    failures.push(`It should stop at "${expect.end}"${gone}, and stopped at "${end ?? ''}".`);
  }
  if (expect.labelIds && !sameSet(expect.labelIds, labelIds)) {
    failures.push(`It should put the labels ${listed(expect.labelIds)}, and put ${listed(labelIds)}.`);
  }
  return { id, name, passed: failures.length === 0, end, labelIds, failures, effects, trace };
}

/** Returns the offsets for the first message of each example. Tests use no other moment. */
function zonesFor(flow: Flow, examples: readonly FlowExample[]) {
  const firsts = examples.map(({ inputs }) => inputs.find(({ kind }) => kind === 'message')?.at ?? '');
  return zonesAt(flow, firsts.map(readInstant).filter(Number.isFinite));
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  const [left, right] = [new Set(a), new Set(b)];
  return left.size === right.size && [...left].every((item) => right.has(item));
}

function listed(ids: readonly string[]): string {
  return ids.length > 0 ? ids.map((id) => `"${id}"`).join(', ') : 'none';
}
