import type { Flow } from '@alur/flow';
import type { FlowDetail, FlowSummary, FlowVersion } from '@alur/protocol';
import { queryOne, type Transaction } from '../database/transaction.ts';
import { canBeVersion } from '../ids.ts';
import { notFound } from '../problem.ts';

/** One flow of one account. */
export interface FlowScope {
  accountId: string;
  flowId: string;
}

/** Row of `flows` with the inboxes that have it selected. */
export interface SummaryRow {
  id: string;
  name: string;
  newest: number;
  live: number | null;
  error_count: number;
  updated_at: Date;
  inboxes: { id: string; name: string }[];
}

/** SQL that selects summary rows `f`. */
export const SUMMARY = `select f.*, (select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'name', i.name) order by i.name, i.id), '[]')
    from inboxes i where i.account_id = f.account_id and i.flow_id = f.id) as inboxes
  from flows f`;

/** Converts a row to the contract's resource. */
export function summaryOf(row: SummaryRow): FlowSummary {
  return {
    id: row.id,
    name: row.name,
    version: row.newest,
    live: row.live,
    errorCount: row.error_count,
    updatedAt: row.updated_at.toISOString(),
    inboxes: row.inboxes,
  };
}

/** Returns the current row of a flow of this account. Throws `not_found`. */
export async function findFlow(
  tx: Transaction,
  { accountId, flowId }: FlowScope,
  lock = false,
): Promise<SummaryRow> {
  // Lock the row separately: the sub-select of the summary does not permit a lock.
  if (lock)
    await tx.query('select 1 from flows where account_id = $1 and id = $2 for update', [accountId, flowId]);
  const row = await queryOne<SummaryRow>(
    tx,
    `${SUMMARY} where f.account_id = $1 and f.id = $2 and f.deleted_at is null`,
    [accountId, flowId],
  );
  if (!row) throw notFound('flow');
  return row;
}

/** Returns a flow with its newest version. Throws `not_found`. */
export async function getFlow(tx: Transaction, scope: FlowScope): Promise<FlowDetail> {
  const row = await findFlow(tx, scope);
  return { summary: summaryOf(row), newest: await getFlowVersion(tx, { ...scope, version: row.newest }) };
}

/** Returns one version, under the flow's current name. Throws `not_found`. */
export async function getFlowVersion(
  tx: Transaction,
  { accountId, flowId, version }: FlowScope & { version: number },
): Promise<FlowVersion> {
  if (!canBeVersion(version)) throw notFound('version of a flow');
  const row = await queryOne<{
    document: Flow;
    problems: FlowVersion['problems'];
    created_at: Date;
    live: number | null;
    name: string;
  }>(
    tx,
    `select v.document, v.problems, v.created_at, f.live, f.name from flow_versions v
     join flows f on f.account_id = v.account_id and f.id = v.flow_id and f.deleted_at is null
     where v.account_id = $1 and v.flow_id = $2 and v.version = $3`,
    [accountId, flowId, version],
  );
  if (!row) throw notFound('version of a flow');
  return {
    version,
    live: row.live === version,
    flow: { ...row.document, name: row.name },
    problems: row.problems,
    createdAt: row.created_at.toISOString(),
  };
}
