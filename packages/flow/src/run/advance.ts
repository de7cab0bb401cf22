import type { Facts, VisitorInput } from '../document/flow.ts';
import type { CompiledFlow, Node } from './compile.ts';
import { normalize } from './normalize.ts';
import type { CompiledStep, Moment, Move, Walk } from './run-kind.ts';
import type { Advance, Effect, EndReason, FlowRun } from './run-types.ts';

/** Hears what a walk does. @internal */
export interface Recorder {
  entered(cardId: string): void;
  /** A fork, or a card that waited, chose one of its children. */
  chose(parentId: string, childId: string): void;
}

/**
 * A run at its very beginning. Of the facts, only what `Facts` names is taken, and strings are cut at 256 code
 * points; they stay as they are for the whole run.
 */
export function startRun(_flow: CompiledFlow, facts: Facts = {}): FlowRun {
  return { status: 'new', waitingAt: null, first: null, facts: cleanFacts(facts) };
}

/**
 * What a flow does with one input. Pure: the same three values give the same answer everywhere, nothing is mutated,
 * and it never throws. An input that is not meant for the run gives the very same run and no effects.
 */
export function advance(flow: CompiledFlow, run: FlowRun, input: VisitorInput): Advance {
  return advanceRecorded(flow, run, input, null);
}

/** `advance`, watched. @internal */
export function advanceRecorded(
  flow: CompiledFlow,
  run: FlowRun,
  input: VisitorInput,
  recorder: Recorder | null,
): Advance {
  const ignored = { run, effects: [] };
  if (input?.kind !== 'message' && input?.kind !== 'press') return ignored;
  // Only attachments: other hosts may leave the text out.
  if (input.kind === 'message' && typeof input.text !== 'string') input = { ...input, text: '' };
  if (run.status === 'new') {
    if (input.kind !== 'message') return ignored;
    const first = { id: input.id, at: input.at, text: input.text };
    return walk(flow, { run, first, input }, flow.start, '', recorder);
  }
  if (run.status !== 'waiting') return ignored;
  const waiting = flow.nodes.get(run.waitingAt ?? '');
  const chosen = waiting?.step?.answer ? waiting.step.answer(input) : input.kind === 'press' ? null : '';
  if (chosen === null) return ignored;
  const child = flow.nodes.get(chosen) ?? null;
  if (child) recorder?.chose(run.waitingAt!, chosen);
  return walk(flow, { run, first: run.first, input }, child, run.waitingAt ?? '', recorder);
}

/** What a walk starts from. */
interface Turn {
  run: FlowRun;
  first: FlowRun['first'];
  input: VisitorInput;
}

/** Follows the flow from one card until it waits or ends. `from` is the card that led there. */
function walk(
  flow: CompiledFlow,
  { run: { facts }, first, input }: Turn,
  node: Node | null,
  from: string,
  recorder: Recorder | null,
): Advance {
  const effects: Effect[] = [];
  const step: Walk = { facts, input, effects };
  const number = ++flow.walks;
  let moment: Moment | null = null;
  let endReason: EndReason = 'unfinished';

  while (node) {
    from = node.id;
    if (node.seen === number) {
      endReason = 'loop';
      break;
    }
    node.seen = number;
    recorder?.entered(from);
    const move = node.step && enter(node.step, step);
    if (move === 'wait') return { run: { status: 'waiting', waitingAt: from, first, facts }, effects };
    if (move === 'end') {
      endReason = 'assigned';
      break;
    }
    if (move) {
      const target: Node | undefined = flow.nodes.get(move.to ?? '');
      node = target?.isStep ? target : null;
    } else if (node.branches.length > 0) {
      moment ??= { text: normalize(first?.text ?? ''), at: first?.at ?? '', facts };
      const chosen = choose(node, moment);
      if (chosen) recorder?.chose(from, chosen.id);
      node = chosen;
    } else {
      node = node.next;
    }
  }
  effects.push({ kind: 'end', cardId: from, reason: endReason });
  return { run: { status: 'ended', waitingAt: null, first, facts, endReason }, effects };
}

function choose({ branches, tests, next }: Node, moment: Moment): Node | null {
  const { text } = moment;
  for (let i = 0; i < tests.length; i++) {
    const test = tests[i]!;
    if (typeof test === 'string' ? text.includes(test) : test(moment)) return branches[i]!;
  }
  return next;
}

function enter(step: CompiledStep, walk: Walk): Move {
  const before = walk.effects.length;
  try {
    return step.enter(walk);
  } catch {
    // A partner's step that throws is passed over.
    walk.effects.length = before;
    return undefined;
  }
}

function cleanFacts({ visitor, inbox }: Facts): Facts {
  const facts: Facts = {};
  if (visitor) {
    facts.visitor = strings(visitor, ['name', 'email', 'phone']);
    if (visitor.attributes) facts.visitor.attributes = strings(visitor.attributes) as Record<string, string>;
  }
  if (inbox) facts.inbox = strings(inbox, ['name']);
  return facts;
}

function strings(source: object, names = Object.keys(source)): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(source).flatMap(([name, value]) =>
      names.includes(name) && typeof value === 'string' ? [[name, [...value].slice(0, 256).join('')]] : [],
    ),
  );
}
