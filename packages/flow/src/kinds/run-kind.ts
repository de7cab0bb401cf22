import type { Card, Facts, FlowTest, VisitorInput } from '../document/flow.ts';
import type { Effect } from '../run/run-types.ts';

/** First message of the session, in the form that tests read. */
export interface Moment {
  /** Normalised text. `''` if the message has no text. */
  text: string;
  /** `at` of the input, unchanged. */
  at: string;
  facts: Facts;
}

/** Time zone that is resolved once, when the flow is compiled. */
export interface Zone {
  readonly name: string;
  /** Whether offsets of the zone are known. */
  readonly known: boolean;
  /**
   * Returns the minute of the week on the zone's wall clock, 0 being Monday 00:00. NaN if the zone is
   * unknown, or `at` is unreadable.
   */
  minuteAt(at: string): number;
}

/** Functions that a kind can call while one of its cards or tests is compiled. */
export interface CompileTools {
  /** Returns a card of the flow, or undefined. */
  card(id: string): Card | undefined;
  /** Returns a zone by name. An empty or missing name returns the flow's zone. */
  zone(name: string | null | undefined): Zone;
}

/** Next move of a run after a step: continue (undefined), go to another card, end, or wait. */
export type Move = { to: string | null } | 'end' | 'wait' | undefined;

/** Context of a step while a run enters it. */
export interface Walk {
  facts: Facts;
  /** Input that is processed. */
  input: VisitorInput;
  /** Effects so far. A step appends its own. */
  effects: Effect[];
}

/** Compiled card. */
export interface CompiledStep {
  enter(walk: Walk): Move;
  /**
   * Returns the child that an input selects, or null if the step does not accept the input. Only for steps
   * that wait.
   */
  answer?(input: VisitorInput, facts: Facts): string | null;
}

/**
 * Compiled test. A function returns whether the test matches. A string, for the most common test, matches if
 * the text contains it.
 */
export type Matcher = string | ((moment: Moment) => boolean);

/** Engine side of a kind of test. `compile` is called once for each card; its return value must be pure. */
export interface TestRunKind<Test = FlowTest> {
  kind: string;
  compile(test: Test, tools: CompileTools): Matcher;
}

/** Engine side of a kind of step. `compile` is called once for each card; its return value must be pure. */
export interface StepRunKind<Step = Card> {
  kind: string;
  compile(card: Step, tools: CompileTools, cardId: string): CompiledStep;
}

/** Kinds of a partner for the engine. Their names begin with `x-`. */
export interface CustomRunKinds {
  tests?: readonly TestRunKind[];
  steps?: readonly StepRunKind[];
}

/** Kinds that an engine can run. */
export interface RunKinds {
  tests: ReadonlyMap<string, TestRunKind>;
  steps: ReadonlyMap<string, StepRunKind>;
}
