import type { Facts, VisitorInput } from '../document/flow.ts';
import type { CompiledFlow, Node } from './compile.ts';
import { normalize } from './normalize.ts';
import type { CompiledStep, Matcher, Moment, Move, Walk } from './run-kind.ts';
import type { Advance, Effect, EndReason, FlowRun } from './run-types.ts';
import { searchedText } from './text-test.ts';

/** Longest text, in code units, in which any search is short. */
const SHORT_TEXT = 128;

/** Hears what a walk does. @internal */
export interface Recorder {
  entered(cardId: string): void;
  /** A fork, or a card that waited, chose one of its children. */
  chose(parentId: string, childId: string): void;
}

/**
 * A run at its very beginning. Of the facts, only what `Facts` names is taken, and strings are cut at 256
 * code points; they stay as they are for the whole run.
 */
export function startRun(_flow: CompiledFlow, facts?: Facts): FlowRun {
  return { status: 'new', waitingAt: null, first: null, facts: cleanFacts(facts ?? {}) };
}

/**
 * What a flow does with one input. Pure: the same three values give the same answer everywhere, nothing is
 * mutated, and it never throws. An input that is not meant for the run gives the very same run and no
 * effects.
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
  const kind = input?.kind;
  // Only attachments: other hosts may leave the text out.
  if (kind === 'message' && typeof input.text !== 'string') input = { ...input, text: '' };
  if (kind === 'message' && run?.status === 'new') {
    const { id, at, text } = input as VisitorInput & { kind: 'message' };
    return walk(flow, run.facts, { id, at, text }, input, flow.start, '', recorder);
  }
  if ((kind === 'message' || kind === 'press') && run?.status === 'waiting') {
    const from = run.waitingAt ?? '';
    const chosen = answer(flow.nodes.get(from)?.step, input, run.facts);
    if (chosen !== null) {
      const child = flow.nodes.get(chosen) ?? null;
      if (child) recorder?.chose(from, chosen);
      return walk(flow, run.facts, run.first, input, child, from, recorder);
    }
  }
  return { run, effects: [] };
}

/** The child that an input chooses; null when it is not meant for this card, `''` when nothing follows. */
function answer(step: CompiledStep | null | undefined, input: VisitorInput, facts: Facts): string | null {
  try {
    if (step?.answer) return step.answer(input, facts);
  } catch {
    // A partner's step that throws cannot be answered.
  }
  return input.kind === 'press' ? null : '';
}

/** Follows the flow from one card until it waits or ends. `from` is the card that led there. */
function walk(
  flow: CompiledFlow,
  facts: Facts,
  first: FlowRun['first'],
  input: VisitorInput,
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
      moment ??= momentOf(first, facts);
      node = choose(node, moment);
      if (node) recorder?.chose(from, node.id);
    } else {
      node = node.next;
    }
  }
  effects.push({ kind: 'end', cardId: from, reason: endReason });
  return { run: { status: 'ended', waitingAt: null, first, facts, endReason }, effects };
}

/** The first message as tests see it. @internal */
export function momentOf(
  first: Partial<NonNullable<FlowRun['first']>> | null | undefined,
  facts: Facts,
): Moment {
  const text = first?.text;
  return { text: typeof text === 'string' ? normalize(text) : '', at: first?.at ?? '', facts };
}

function choose({ branches, tests, next }: Node, moment: Moment): Node | null {
  const { text } = moment;
  // The engine's own search is fastest, but not in a long text with a keyword made to slow it down.
  const isShort = text.length <= SHORT_TEXT;
  for (let i = 0; i < tests.length; i++) {
    const test = tests[i]!;
    const isMatch =
      typeof test !== 'string'
        ? holds(test, moment)
        : isShort
          ? text.includes(test)
          : searchedText(moment).contains(test);
    if (isMatch) return branches[i]!;
  }
  return next;
}

function holds(test: Exclude<Matcher, string>, moment: Moment): boolean {
  try {
    return test(moment) === true;
  } catch {
    // A partner's test that throws does not match.
    return false;
  }
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
    facts.visitor = strings(visitor, ['name', 'email', 'phone', 'language']);
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
