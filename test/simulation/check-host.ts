import { advance, startRun, type FlowRun } from '@alur/flow';
import type { ConversationEvent } from '@alur/protocol';
import type { FlowCache, ReadyFlow } from '../../packages/host/src/operations/flow-cache.ts';
import { canonical } from '../../packages/host/src/operations/compare-claim.ts';
import { foldLog } from './fold-log.ts';
import type { ConversationTable, Tables } from './host/tables.ts';

/** Returns the faults in the host's data. These rules hold in every scenario. */
export function checkHost(tables: Tables, flows: FlowCache): string[] {
  return [...tables.conversations.values()].flatMap((table) => [
    ...checkTurns(table),
    ...checkState(table),
    ...checkRuns(table, flows),
  ]);
}

/** Checks that turns are numbered from 1 without gaps, and that the row has the last number. */
function checkTurns({ state, turns }: ConversationTable): string[] {
  const numbers = [...turns.values()].map(({ seq }) => seq).sort((a, b) => a - b);
  const isWhole = numbers.every((number, index) => number === index + 1);
  return isWhole && numbers.length === state.turnSeq
    ? []
    : [`The turns of ${state.id} are numbered ${numbers.join(' ')}, the last one being ${state.turnSeq}.`];
}

/** Checks that the row matches its log. */
function checkState({ state, events }: ConversationTable): string[] {
  const { head, status, labelIds, handler, collaborators, session, run, visitorRead, agentRead, unread } =
    state;
  const { lastMessage, humanWrote } = state;
  const kept = {
    head,
    status,
    labelIds,
    handler,
    collaborators,
    session,
    run,
    visitorRead,
    agentRead,
    unread,
    lastMessage,
    humanWrote,
  };
  const told = foldLog(events);
  return Object.entries(kept).flatMap(([name, value]) => {
    const tale: unknown = told[name as keyof typeof told];
    return canonical(value) === canonical(tale)
      ? []
      : [`${state.id} has ${name} ${canonical(value)} but its log gives ${canonical(tale)}.`];
  });
}

/**
 * Checks that each turn is the flow's result for its input, on one version per session, and that each effect
 * is in the log once.
 */
function checkRuns({ state, events, turns }: ConversationTable, flows: FlowCache): string[] {
  const faults: string[] = [];
  const pins = new Map<string, string>();
  let run: FlowRun | null = null;
  for (const event of events) {
    if (event.type === 'session' && event.session.status === 'open') run = null;
    if (event.type === 'run' && event.turnId === undefined) run = event.run;
    if (event.type !== 'path') continue;
    const turn = turns.get(event.turnId);
    if (!turn) {
      faults.push(`The log of ${state.id} contains turn ${event.turnId}, which is not stored.`);
      continue;
    }
    const { sessionId, input, effects, result } = turn;
    const pin = canonical(event.flow);
    if ((pins.get(sessionId) ?? pin) !== pin) faults.push(`Session ${sessionId} ran on two versions.`);
    pins.set(sessionId, pin);
    const ready = event.flow && readyOf(flows, event.flow);
    const isIgnored = input.kind === 'press' && effects.length === 0;
    if (ready && !isIgnored) {
      const step = advance(ready.compiled, run ?? startRun(result.run!.facts), input);
      if (canonical(step) !== canonical({ run: result.run, effects }))
        faults.push(`Turn ${turn.id} came to something else than the flow says.`);
    }
    run = result.run;
    faults.push(...checkMessages(turn.id, input.kind, effects, events));
  }
  return faults;
}

function checkMessages(
  id: string,
  kind: string,
  effects: readonly { kind: string }[],
  events: readonly ConversationEvent[],
): string[] {
  const told = events.flatMap((event) =>
    event.type === 'message' && event.message.turnId === id && !event.message.id.endsWith('.ai')
      ? [event.message.id]
      : [],
  );
  const bots = effects.flatMap((effect, index) =>
    effect.kind === 'send-message' || effect.kind === 'send-buttons' ? [`${id}.${index}`] : [],
  );
  const isSaid = kind === 'message' || told.includes(id);
  const wanted = [...(isSaid ? [id] : []), ...bots];
  return canonical(told) === canonical(wanted)
    ? []
    : [`The log has turn ${id} as ${told.join(' ')} instead of ${wanted.join(' ')}.`];
}

function readyOf(flows: FlowCache, pin: { id: string; version: number }): ReadyFlow | null {
  const kept = flows.get(`acc_sim/${pin.id}/${pin.version}`);
  return kept && 'ready' in kept ? kept.ready : null;
}
