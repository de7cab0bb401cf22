import type { Card, Flow, FlowTest, Zones } from '../document/flow.ts';
import type { PublicCard, PublicFlow } from '../document/public-flow.ts';
import type { CompiledStep, CompileTools, Matcher, RunKinds, Zone } from './run-kind.ts';
import { runKinds } from './run-kinds.ts';
import { minuteOfWeek, readInstant, zoneTable } from './wall-clock.ts';

/** A card with everything that running it needs, linked to what follows. @internal */
export interface Node {
  readonly id: string;
  /** Null for `start`, branches and kinds nobody declared here. */
  readonly step: CompiledStep | null;
  /** Whether a jump may lead here: not to `start` and not to a branch. */
  readonly isStep: boolean;
  /** What follows when it is one step, and the last resort of a fork. */
  next: Node | null;
  /** The conditions of a fork, left to right, and their tests. */
  branches: Node[];
  tests: Matcher[];
  readonly matches: Matcher;
  /** The walk in which it was entered last: how a loop is seen without a set. */
  seen: number;
}

/** A flow made ready to run; made once, used for any number of runs. */
export interface CompiledFlow {
  readonly id: string;
  /** Kinds of steps and tests in the flow that this engine does not know. When there are any, let the host evaluate. */
  readonly unknownKinds: readonly string[];
  /** @internal */ readonly source: Flow | PublicFlow;
  /** @internal */ readonly kinds: RunKinds;
  /** @internal */ readonly tools: CompileTools;
  /** @internal */ readonly nodes: ReadonlyMap<string, Node>;
  /** @internal */ readonly start: Node | null;
  /** @internal */ walks: number;
}

const builtIn = runKinds();
const never = () => false;

/**
 * Makes a flow ready to run. A public copy gives the same runs as the whole flow, with public effects. Never throws:
 * what a broken document leaves unclear becomes an unfinished path.
 *
 * @param zones Offsets for time tests, from `zoneTables`. Without them a time test never matches.
 * @param kinds Default: the kinds that come with Alur. See `runKinds`.
 */
export function compileFlow(flow: Flow | PublicFlow, zones?: Zones, kinds: RunKinds = builtIn): CompiledFlow {
  const cards = new Map(
    Object.entries(flow.cards ?? {}).filter(([, card]) => card?.kind) as [string, Card][],
  );
  const unknown = new Set<string>();
  const tools = compileTools(flow, cards, zones);
  const nodes = new Map<string, Node>();
  for (const [id, card] of cards) nodes.set(id, makeNode(id, card));
  for (const [id, card] of cards) link(nodes.get(id)!, card, nodes, cards);
  const start = [...cards].find(([, card]) => card.kind === 'start');
  return {
    id: flow.id,
    unknownKinds: [...unknown],
    source: flow,
    kinds,
    tools,
    nodes,
    start: (start && nodes.get(start[0])) ?? null,
    walks: 0,
  };

  function makeNode(id: string, card: Card): Node {
    const isStep = !['start', 'condition', 'else', 'button'].includes(card.kind);
    const step = isStep ? lookUp(kinds.steps, card.kind, (kind) => kind.compile(card, tools, id)) : null;
    const test = card.kind === 'condition' ? card.test : null;
    const matches =
      test && lookUp(kinds.tests, test.kind, (kind) => guarded(test, kind.compile(test, tools)));
    return { id, step, isStep, next: null, branches: [], tests: [], matches: matches ?? never, seen: 0 };
  }

  function lookUp<K, R>(known: ReadonlyMap<string, K>, name: string, compile: (kind: K) => R): R | null {
    const kind = known.get(name);
    try {
      if (kind) return compile(kind);
    } catch {
      // A kind that cannot make sense of its own card is treated like one that is not there.
    }
    unknown.add(name);
    return null;
  }
}

function link(
  node: Node,
  { next }: Card | PublicCard,
  nodes: Map<string, Node>,
  cards: Map<string, Card>,
): void {
  // An answer, not a walk, leads from a card that waits to its children.
  if (node.step?.answer) return;
  for (const id of Array.isArray(next) ? next : []) {
    const child = nodes.get(id);
    if (!child) continue;
    if (cards.get(id)!.kind === 'condition') {
      node.branches.push(child);
      node.tests.push(child.matches);
    } else node.next ??= child;
  }
}

function compileTools(
  flow: Flow | PublicFlow,
  cards: Map<string, Card>,
  zones: Zones | undefined,
): CompileTools {
  const made = new Map<string, Zone>();
  return {
    card: (id) => cards.get(id),
    zone(asked) {
      const name = asked || flow.timeZone;
      let zone = made.get(name);
      if (!zone) made.set(name, (zone = makeZone(name, zones)));
      return zone;
    },
  };
}

function makeZone(name: string, zones: Zones | undefined): Zone {
  const table = zoneTable(zones, name);
  // Wide forks ask for the same moment over and over.
  let lastAt = '';
  let lastMinute = NaN;
  return {
    name,
    known: table !== null,
    minuteAt(at) {
      if (at !== lastAt && table) {
        lastAt = at;
        lastMinute = minuteOfWeek(readInstant(at), table);
      }
      return lastMinute;
    },
  };
}

/** A partner's test that throws does not match. */
function guarded({ kind }: FlowTest, matches: Matcher): Matcher {
  if (typeof matches === 'string' || !kind.startsWith('x-')) return matches;
  return (moment) => {
    try {
      return matches(moment) === true;
    } catch {
      return false;
    }
  };
}
