import type { ConversationEvent, FlowStatistics } from '@alur/protocol';
import type { Transaction } from '../database/transaction.ts';
import { canBeVersion } from '../ids.ts';
import { HostProblem } from '../problem.ts';
import { readTime } from './cursor.ts';
import { findFlow, type FlowScope } from './flow-rows.ts';

/** Selection of turns to count. */
export interface CountFlow extends FlowScope {
  version?: number;
  from?: string;
  to?: string;
}

/** Path of a turn through a flow, as stored for statistics. */
export interface FlowPath {
  flow_id: string;
  version: number;
  at: string;
  run_id: string;
  cards: string[];
  /** Whether the widget claimed something else, although it ran the same engine revision. */
  corrected: boolean;
}

/**
 * Returns the path to store for an event. Returns null for other events, and for a path without cards unless
 * it corrects the widget's claim.
 */
export function flowPathOf(event: ConversationEvent): FlowPath | null {
  if (event.type !== 'path' || !event.flow) return null;
  const cards = event.trace.flatMap(({ cardId, outcome }) =>
    outcome === 'entered' || outcome === 'matched' ? [cardId] : [],
  );
  const corrected = event.verdict === 'corrected' && event.reason === undefined;
  if (cards.length === 0 && !corrected) return null;
  return {
    flow_id: event.flow.id,
    version: event.flow.version,
    at: event.at,
    run_id: event.sessionId,
    cards,
    corrected,
  };
}

function timeOf(name: string, text: string | undefined): Date | null {
  if (text === undefined) return null;
  const time = readTime(text);
  if (time) return time;
  const message = 'must be a time from year 1 to 9999';
  throw new HostProblem('invalid_request', `query/${name} ${message}.`, {
    fields: [{ path: `/query/${name}`, message }],
  });
}

/** Counts the runs that passed each card of a flow, and the turns that were corrected. Throws `not_found`. */
export async function getFlowStatistics(
  tx: Transaction,
  { version, from, to, ...scope }: CountFlow,
): Promise<FlowStatistics> {
  await findFlow(tx, scope);
  if (version !== undefined && !canBeVersion(version))
    return { runs: 0, corrected: 0, versions: [], cards: [] };
  const params = [scope.accountId, scope.flowId, version ?? null, timeOf('from', from), timeOf('to', to)];
  const counted = `flow_paths where account_id = $1 and flow_id = $2 and ($3::integer is null or version = $3)
    and ($4::timestamptz is null or at >= $4) and ($5::timestamptz is null or at < $5)`;
  const found = await tx.query<{ version: number; runs: number; corrected: number }>(
    `select version, count(distinct run_id) filter (where cardinality(cards) > 0)::int as runs,
       count(*) filter (where corrected)::int as corrected
     from ${counted} group by version order by version desc`,
    params,
  );
  const versions = found.flatMap(({ version, runs }) => (runs > 0 ? [{ version, runs }] : []));
  const cards = await tx.query<{ cardId: string; runs: number; times: number }>(
    `select "cardId", count(distinct run_id)::int as runs, count(*)::int as times
     from (select run_id, unnest(cards) as "cardId" from ${counted}) as steps
     group by "cardId" order by runs desc, times desc, "cardId"`,
    params,
  );
  // A session stays on its first version, so no run is counted under two versions.
  return {
    runs: versions.reduce((sum, { runs }) => sum + runs, 0),
    corrected: found.reduce((sum, { corrected }) => sum + corrected, 0),
    versions,
    cards,
  };
}
