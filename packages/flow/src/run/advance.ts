import type { Facts, VisitorInput } from '../document/flow.ts';
import type { CompiledFlow, Node } from './compile.ts';
import { normalize } from './normalize.ts';
import type { CompiledStep, Matcher, Moment, Move, Walk } from '../kinds/run-kind.ts';
import type { Advance, Effect, EndReason, FlowRun } from './run-types.ts';
import { searchedText } from '../kinds/first-message-text/run.ts';

/** Maximum length of a text, in code units, in which every search is fast. */
const SHORT_TEXT = 128;

/**
 * Receives the steps of a run.
 * @internal
 */
export interface Recorder {
  entered(cardId: string): void;
  /** Called when a fork or a waiting card selects one of its children. */
  chose(parentId: string, childId: string): void;
}

/**
 * Creates a new run. Takes only the members of `Facts` and cuts strings to 256 code points. The facts do not
 * change during the run.
 */
export function startRun(facts?: Facts): FlowRun {
  return { status: 'new', waitingAt: null, first: null, facts: cleanFacts(facts ?? {}) };
}

/**
 * Applies one input to a run. Pure: the same arguments give the same result everywhere, the run and the input
 * are not mutated, and it never throws. An input that the run does not accept returns the same run and no
 * effects.
 */
export function advance(flow: CompiledFlow, run: FlowRun, input: VisitorInput): Advance {
  return advanceRecorded(flow, run, input, null);
}

/**
 * Implements `advance` and reports each step to a recorder.
 * @internal
 */
export function advanceRecorded(
  flow: CompiledFlow,
  run: FlowRun,
  input: VisitorInput,
  recorder: Recorder | null,
): Advance {
  const kind = input?.kind;
  // Other hosts may omit the text of a message that has only attachments.
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

/**
 * Returns the child that an input selects. Null if the card does not accept the input, `''` if the card has
 * no children to select.
 */
function answer(step: CompiledStep | null | undefined, input: VisitorInput, facts: Facts): string | null {
  try {
    if (step?.answer) return step.answer(input, facts);
  } catch {
    // A custom step that throws does not accept the input.
  }
  return input.kind === 'press' ? null : '';
}

/** Runs the flow from one card until it waits or ends. `from` is the card before it. */
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

/**
 * Returns the first message in the form that tests read.
 * @internal
 */
export function momentOf(
  first: Partial<NonNullable<FlowRun['first']>> | null | undefined,
  facts: Facts,
): Moment {
  const text = first?.text;
  return { text: typeof text === 'string' ? normalize(text) : '', at: first?.at ?? '', facts };
}

function choose({ branches, tests, next }: Node, moment: Moment): Node | null {
  const { text } = moment;
  // The built-in search is fastest, except for a long text with a keyword made to slow it down.
  const isShort = text.length <= SHORT_TEXT;
  for (let i = 0; i < tests.length; i++) {
    const test = tests[i]!;
    const isMatch =
      typeof test !== 'string'
        ? runMatcher(test, moment)
        : isShort
          ? text.includes(test)
          : searchedText(moment).contains(test);
    if (isMatch) return branches[i]!;
  }
  return next;
}

function runMatcher(test: Exclude<Matcher, string>, moment: Moment): boolean {
  try {
    return test(moment) === true;
  } catch {
    // A custom test that throws does not match.
    return false;
  }
}

function enter(step: CompiledStep, walk: Walk): Move {
  const before = walk.effects.length;
  try {
    return step.enter(walk);
  } catch {
    // Skip a custom step that throws.
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
