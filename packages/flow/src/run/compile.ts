import type { Card, Flow, Zones } from '../document/flow.ts';
import { FLOW_FORMATS } from '../document/format.ts';
import type { PublicFlow } from '../document/public-flow.ts';
import type { CompiledStep, CompileTools, Matcher, RunKinds, Zone } from '../kinds/run-kind.ts';
import { runKinds } from '../kinds/run-kinds.ts';
import { minuteOfWeek, readInstant, zoneTable } from './wall-clock.ts';

/**
 * Compiled card with links to the following cards.
 * @internal
 */
export interface Node {
  readonly id: string;
  readonly card: Card;
  /** Whether a jump may lead to the card: not for `start` and branches. */
  readonly isStep: boolean;
  /** Compiled step. Null for `start`, branches and undeclared kinds. */
  step: CompiledStep | null;
  /** Following card: a single step, or the Else of a fork. */
  next: Node | null;
  /** Conditions of a fork, left to right, with their tests. */
  branches: Node[];
  tests: Matcher[];
  /** Number of the last walk that entered the card. Detects loops without a set. */
  seen: number;
}

/**
 * Compiled flow. Compile once and use it for any number of runs. Opaque, and valid only in this thread:
 * `advance` counts its walks in the nodes, so that it detects loops without an allocation.
 */
export interface CompiledFlow {
  readonly id: string;
  /**
   * Kinds of steps and tests that this engine does not know, and the flow's format if it is not in
   * `FLOW_FORMATS`. If it is not empty, let the host evaluate the flow.
   */
  readonly unknownKinds: readonly string[];
  /** @internal */ readonly kinds: RunKinds;
  /** @internal */ readonly tools: CompileTools;
  /** @internal */ readonly nodes: ReadonlyMap<string, Node>;
  /** @internal */ readonly start: Node | null;
  /** @internal */ walks: number;
}

const builtIn = runKinds();
const never = () => false;

/**
 * Compiles a flow. The public copy gives the same runs as the full flow, with public effects. Never throws:
 * invalid parts of a document become unfinished paths.
 *
 * @param zones Offsets for time tests, from `zoneTables`. Without them a time test never matches.
 * @param kinds Default: the built-in kinds. See `runKinds`.
 */
export function compileFlow(flow: Flow | PublicFlow, zones?: Zones, kinds: RunKinds = builtIn): CompiledFlow {
  const nodes = new Map<string, Node>();
  const unknown = new Set<string>();
  const format: unknown = flow?.format;
  if (typeof format === 'string' && !(FLOW_FORMATS as readonly string[]).includes(format))
    unknown.add(format);
  const tools = compileTools(flow, nodes, zones);
  let start: Node | null = null;
  for (const [id, card] of Object.entries(flow?.cards ?? {}) as [string, Card][]) {
    if (!card?.kind) continue;
    const isStep = !['start', 'condition', 'else', 'button'].includes(card.kind);
    const node: Node = { id, card, isStep, step: null, next: null, branches: [], tests: [], seen: 0 };
    nodes.set(id, node);
    if (card.kind === 'start') start = node;
  }
  for (const node of nodes.values()) {
    const { id, card } = node;
    if (node.isStep) node.step = lookUp(kinds.steps, card.kind, (kind) => kind.compile(card, tools, id));
    if (Array.isArray(card.next)) link(node);
  }
  return { id: flow?.id, unknownKinds: [...unknown], kinds, tools, nodes, start, walks: 0 };

  function link(node: Node): void {
    for (const id of node.card.next) {
      const child = nodes.get(id);
      if (!child) continue;
      if (child.card.kind === 'condition') {
        const { test } = child.card;
        node.branches.push(child);
        node.tests.push(
          (test && lookUp(kinds.tests, test.kind, (kind) => kind.compile(test, tools))) ?? never,
        );
      } else node.next = child;
    }
  }

  function lookUp<K, R>(known: ReadonlyMap<string, K>, name: string, compile: (kind: K) => R): R | null {
    const kind = known.get(name);
    try {
      if (kind) return compile(kind);
    } catch {
      // A kind whose `compile` throws counts as undeclared.
    }
    unknown.add(name);
    return null;
  }
}

function compileTools(
  flow: Flow | PublicFlow,
  nodes: ReadonlyMap<string, Node>,
  zones: Zones | undefined,
): CompileTools {
  const made = new Map<string, Zone>();
  return {
    card: (id) => nodes.get(id)?.card,
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
  // Cache the last moment: the conditions of a fork use the same one.
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
