import { mkdirSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { VisitorInput } from '@alur/flow';
import { advance, compileFlow, startRun } from '@alur/flow/run';
import { type Branch, makeFlow } from './decision.ts';

/** Decides one first message. Returns the id of the end card. */
export type Decide = (input: VisitorInput & { kind: 'message' }) => string | Promise<string>;

/** The engine under test. */
export function alur(branches: readonly Branch[]): Decide {
  const flow = compileFlow(makeFlow(branches), { 'Asia/Jakarta': [[0, 420]] });
  const run = startRun();
  return (input) => advance(flow, run, input).effects[1]!.cardId;
}

/**
 * The input and the result of all contestants. The input is the text, folded by the engine's own function so
 * that all compare the same text, and the minute of the day, computed as a programmer would. The result is
 * what a caller needs.
 */
const SHARED = `
import { normalize } from ${JSON.stringify(import.meta.resolve('@alur/flow/run'))};
export function prepare(input) {
  const text = normalize(input.text);
  const minute = Math.floor(Date.parse(input.at) / 60000 + 420) % 1440;
  return { text, minute };
}
export function answer(input, id) {
  const first = { id: input.id, at: input.at, text: input.text };
  return {
    run: { status: 'ended', waitingAt: null, first, facts: {}, endReason: 'assigned' },
    effects: [
      { kind: 'assign-ai', cardId: id, aiAgentId: 'ai_' + id, agentIds: [] },
      { kind: 'end', cardId: id, reason: 'assigned' },
    ],
  };
}`;

async function load<T>(folder: string, name: string, source: string): Promise<T> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/${name}.mjs`, source);
  return (await import(pathToFileURL(`${folder}/${name}.mjs`).href)) as T;
}

/** A hand-written if/else, as source text in a module of its own. It returns the same run and effects. */
export async function handWritten(branches: readonly Branch[], folder: string): Promise<Decide> {
  const lines = branches.map((branch, index) => {
    const test =
      'keyword' in branch
        ? `text.includes(${JSON.stringify(branch.keyword)})`
        : `minute >= ${branch.from} && minute < ${branch.to}`;
    return `  if (${test}) return answer(input, 'e${index}');`;
  });
  const { decide } = await load<{ decide: (input: VisitorInput) => { effects: { cardId: string }[] } }>(
    folder,
    `if-else-${branches.length}`,
    `${SHARED}
export function decide(input) {
  const { text, minute } = prepare(input);
${lines.join('\n')}
  return answer(input, 'e');
}
`,
  );
  return (input) => decide(input).effects[1]!.cardId;
}

/** json-logic-engine, compiled. */
export async function jsonLogic(branches: readonly Branch[], folder: string): Promise<Decide> {
  const { LogicEngine } = await import('json-logic-engine');
  const { prepare, answer } = await loadShared(folder);
  const engine = new LogicEngine();
  const rules = branches.flatMap((branch, index) => [
    'keyword' in branch
      ? { in: [branch.keyword, { var: 'text' }] }
      : { and: [{ '>=': [{ var: 'minute' }, branch.from] }, { '<': [{ var: 'minute' }, branch.to] }] },
    `e${index}`,
  ]);
  const decide = engine.build({ if: [...rules, 'e'] }) as (facts: object) => string;
  return (input) => answer(input, decide(prepare(input))).effects[1]!.cardId;
}

/** json-rules-engine: rules by falling priority, stopped at the first that matches. */
export async function jsonRules(branches: readonly Branch[], folder: string): Promise<Decide> {
  const { Engine } = await import('json-rules-engine');
  const { prepare, answer } = await loadShared(folder);
  const engine = new Engine([], { allowUndefinedFacts: true });
  engine.addOperator('includes', (text: string, keyword: string) => text.includes(keyword));
  for (const [index, branch] of branches.entries()) {
    const all =
      'keyword' in branch
        ? [{ fact: 'text', operator: 'includes', value: branch.keyword }]
        : [
            { fact: 'minute', operator: 'greaterThanInclusive', value: branch.from },
            { fact: 'minute', operator: 'lessThan', value: branch.to },
          ];
    engine.addRule({
      conditions: { all },
      priority: branches.length - index,
      event: { type: `e${index}` },
      onSuccess: () => engine.stop(),
    });
  }
  return async (input) => {
    const { events } = await engine.run(prepare(input));
    return answer(input, events[0]?.type ?? 'e').effects[1]!.cardId;
  };
}

/** XState v5: one guarded transition per branch, taken by the pure transition function. */
export async function xstate(branches: readonly Branch[], folder: string): Promise<Decide> {
  const { createMachine, initialTransition, transition } = await import('xstate');
  const { prepare, answer } = await loadShared(folder);
  type Facts = { text: string; minute: number };
  const guards = branches.map((branch, index) => ({
    target: `e${index}`,
    guard: ({ event }: { event: Facts }) =>
      'keyword' in branch
        ? event.text.includes(branch.keyword)
        : event.minute >= branch.from && event.minute < branch.to,
  }));
  const machine = createMachine({
    initial: 'start',
    states: {
      start: { on: { message: [...guards, { target: 'e' }] } },
      e: {},
      ...Object.fromEntries(branches.map((_, index) => [`e${index}`, {}])),
    },
  } as never);
  const [start] = initialTransition(machine);
  return (input) => {
    const [state] = transition(machine, start, { type: 'message', ...prepare(input) } as never);
    return answer(input, state.value as string).effects[1]!.cardId;
  };
}

interface Shared {
  prepare(input: VisitorInput): { text: string; minute: number };
  answer(input: VisitorInput, id: string): { effects: { cardId: string }[] };
}

function loadShared(folder: string): Promise<Shared> {
  return load(folder, 'shared', SHARED);
}
