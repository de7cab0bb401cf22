import type { Card, Facts, FlowTest, VisitorInput } from '../document/flow.ts';
import type { Effect } from './run-types.ts';

/** The session's first message, as tests see it. */
export interface Moment {
  /** Normalised; `''` when it had no text. */
  text: string;
  /** When it came, as the input said it. */
  at: string;
  facts: Facts;
}

/** A zone, looked up once when the flow is compiled. */
export interface Zone {
  readonly name: string;
  /** False when no offsets are known for it. */
  readonly known: boolean;
  /**
   * The minute of the week on its wall clock, 0 being Monday 00:00; NaN when it is not known, or `at` cannot
   * be read.
   */
  minuteAt(at: string): number;
}

/** What a kind may ask for while one of its cards or tests is compiled. */
export interface CompileTools {
  /** Any card of the flow, or undefined. */
  card(id: string): Card | undefined;
  /** A zone by name; the flow's own when the name is empty or missing. */
  zone(name: string | null | undefined): Zone;
}

/** Where a run goes after a step: on to what follows (undefined), to another card, nowhere, or it waits. */
export type Move = { to: string | null } | 'end' | 'wait' | undefined;

/** What a step may do when a run enters it. */
export interface Walk {
  facts: Facts;
  /** The input that is being answered. */
  input: VisitorInput;
  /** What has been asked for so far; a step adds its own. */
  effects: Effect[];
}

/** One card, compiled. */
export interface CompiledStep {
  enter(walk: Walk): Move;
  /** For a step that waits: the child that an input chooses, or null when the input is not meant for it. */
  answer?(input: VisitorInput, facts: Facts): string | null;
}

/** Whether a test matches; a string, for the commonest of all, stands for "the text contains this". */
export type Matcher = string | ((moment: Moment) => boolean);

/** How a kind of test runs. `compile` is called once a card; what it gives must be pure. */
export interface TestRunKind {
  kind: string;
  compile(test: FlowTest, tools: CompileTools): Matcher;
}

/** How a kind of step runs. `compile` is called once a card; what it gives must be pure. */
export interface StepRunKind {
  kind: string;
  compile(card: Card, tools: CompileTools, cardId: string): CompiledStep;
}

/** The kinds an engine knows. */
export interface RunKinds {
  tests: ReadonlyMap<string, TestRunKind>;
  steps: ReadonlyMap<string, StepRunKind>;
}
