import { emptyFlow, type Flow, type Problem } from '@alur/flow';
import type { FlowDetail, FlowSummary, FlowVersion, FlowVersionSummary, SavedVersion } from '@alur/protocol';
import { one, type Transaction } from '../database/transaction.ts';
import { canBeVersion, newId } from '../ids.ts';
import { HostProblem, notFound } from '../problem.ts';
import { isTime, pageCursor } from './cursor.ts';
import { badCursor, cursorValues, pageOf, wholeDirectory, type ListInput, type Page } from './directory.ts';
import { checkDocument, readDocument, type ReadDocument } from './flow-gates.ts';
import { serve } from './inboxes.ts';

/** One flow of one account. */
export interface FlowScope {
  accountId: string;
  flowId: string;
}

interface SummaryRow {
  id: string;
  name: string;
  newest: number;
  live: number | null;
  error_count: number;
  updated_at: Date;
  inboxes: { id: string; name: string }[];
}

const SUMMARY = `select f.*, (select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'name', i.name) order by i.name, i.id), '[]')
    from inboxes i where i.account_id = f.account_id and i.flow_id = f.id) as inboxes
  from flows f`;

function summaryOf(row: SummaryRow): FlowSummary {
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

/** A flow of this account as it stands. Throws `not_found`. */
export async function findFlow(
  tx: Transaction,
  { accountId, flowId }: FlowScope,
  lock = false,
): Promise<SummaryRow> {
  // The row is locked on its own: a lock cannot be taken through the sub-select of the summary.
  if (lock)
    await tx.query('select 1 from flows where account_id = $1 and id = $2 for update', [accountId, flowId]);
  const row = await one<SummaryRow>(
    tx,
    `${SUMMARY} where f.account_id = $1 and f.id = $2 and f.deleted_at is null`,
    [accountId, flowId],
  );
  if (!row) throw notFound('flow');
  return row;
}

export async function listFlows(
  tx: Transaction,
  { accountId, limit, cursor }: ListInput,
): Promise<Page<FlowSummary>> {
  const [before = null, id = null] = cursor === undefined ? [] : cursorValues(cursor, 2);
  if (before !== null && !isTime(before)) throw badCursor();
  const rows = await tx.query<SummaryRow>(
    `${SUMMARY} where f.account_id = $1 and f.deleted_at is null
       and ($2::timestamptz is null or (f.updated_at, f.id) < ($2::timestamptz, $3::text))
     order by f.updated_at desc, f.id desc limit $4`,
    [accountId, before, id, limit + 1],
  );
  return pageOf(rows, limit, summaryOf, (row) => pageCursor(row.updated_at.toISOString(), row.id));
}

/** A document and who saves it. */
interface SaveInput extends FlowScope {
  document: unknown;
  /** Whether it may go live when it has no errors. */
  live: boolean;
  by: string | null;
}

/** Makes a flow from a document, whose id is replaced, or with nothing but a start card. Throws `flow_invalid`. */
export async function createFlow(
  tx: Transaction,
  {
    accountId,
    name,
    document,
    by,
  }: { accountId: string; name: string; document?: unknown; by: string | null },
): Promise<FlowDetail> {
  const flowId = newId('flow');
  const given = document ?? emptyFlow({ id: flowId, name, timeZone: await timeZoneOf(tx, accountId) });
  const flow = { ...readDocument(given).flow, id: flowId, name };
  await insertFlow(tx, { accountId, flowId, document: flow, live: true, by });
  return getFlow(tx, { accountId, flowId });
}

async function timeZoneOf(tx: Transaction, accountId: string): Promise<string> {
  const row = await one<{ time_zone: string }>(tx, 'select time_zone from accounts where id = $1', [
    accountId,
  ]);
  if (!row) throw notFound('account');
  return row.time_zone;
}

/** Stores a flow that does not exist yet, as version 1. */
export async function insertFlow(tx: Transaction, input: SaveInput): Promise<SavedVersion> {
  const { accountId, flowId, by } = input;
  const read = readDocument(input.document);
  const { flow } = read;
  const problems = await check(tx, accountId, read);
  const errorCount = countErrors(problems);
  const isLive = input.live && errorCount === 0;
  await tx.query(
    `insert into flows (account_id, id, name, newest, live, error_count, updated_at) values ($1, $2, $3, 1, $4, $5, $6)`,
    [accountId, flowId, flow.name || flowId, isLive ? 1 : null, errorCount, tx.now],
  );
  await insertVersion(tx, { accountId, flowId }, 1, flow, problems, by);
  return { version: 1, live: isLive, problems: problems as SavedVersion['problems'] };
}

export async function getFlow(tx: Transaction, scope: FlowScope): Promise<FlowDetail> {
  const row = await findFlow(tx, scope);
  return { summary: summaryOf(row), newest: await getFlowVersion(tx, { ...scope, version: row.newest }) };
}

/** Renames a flow. The name is the flow's, not a version's: every version answers with the present one. */
export async function renameFlow(
  tx: Transaction,
  { name, ...scope }: FlowScope & { name: string },
): Promise<FlowSummary> {
  const row = await findFlow(tx, scope, true);
  await tx.query('update flows set name = $3, updated_at = $4 where account_id = $1 and id = $2', [
    scope.accountId,
    scope.flowId,
    name,
    tx.now,
  ]);
  return summaryOf({ ...row, name, updated_at: tx.now });
}

/** Deletes a flow that no inbox has selected; its versions stay for the sessions that run on them. Throws `in_use`. */
export async function deleteFlow(tx: Transaction, scope: FlowScope): Promise<void> {
  const { inboxes, name } = await findFlow(tx, scope, true);
  if (inboxes.length > 0)
    throw new HostProblem(
      'in_use',
      `"${name}" is selected by ${inboxes.map((inbox) => `"${inbox.name}"`).join(', ')}. Select another flow there first.`,
      { inboxes },
    );
  await tx.query('update flows set deleted_at = $3 where account_id = $1 and id = $2', [
    scope.accountId,
    scope.flowId,
    tx.now,
  ]);
}

export async function listFlowVersions(
  tx: Transaction,
  { accountId, flowId, limit, cursor }: ListInput & FlowScope,
): Promise<Page<FlowVersionSummary>> {
  const { live } = await findFlow(tx, { accountId, flowId });
  const [before = '999999999'] = cursor === undefined ? [] : cursorValues(cursor, 1);
  if (!/^\d{1,9}$/.test(before)) throw badCursor();
  const rows = await tx.query<{
    version: number;
    error_count: number;
    created_at: Date;
    created_by: string | null;
  }>(
    `select version, error_count, created_at, created_by from flow_versions
     where account_id = $1 and flow_id = $2 and version < $3 order by version desc limit $4`,
    [accountId, flowId, Number(before), limit + 1],
  );
  const itemOf = (row: (typeof rows)[number]): FlowVersionSummary => ({
    version: row.version,
    live: row.version === live,
    errorCount: row.error_count,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
  });
  return pageOf(rows, limit, itemOf, (row) => pageCursor(String(row.version)));
}

export async function getFlowVersion(
  tx: Transaction,
  { accountId, flowId, version }: FlowScope & { version: number },
): Promise<FlowVersion> {
  if (!canBeVersion(version)) throw notFound('version of a flow');
  const row = await one<{
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

/**
 * Saves the newest version, if `expected` is the one that was newest until now. Throws `flow_invalid`, `precondition_required`,
 * `version_conflict` (with the other version).
 */
export async function saveFlowVersion(
  tx: Transaction,
  { expected, ...input }: SaveInput & { expected: string | undefined },
): Promise<SavedVersion> {
  const { flow, faults } = readDocument(input.document);
  const row = await requireNewest(tx, input, expected);
  return addVersion(tx, input, row, { flow: { ...flow, id: input.flowId }, faults });
}

/** Saves an older version's document as the newest, under the same conditions. */
export async function restoreFlowVersion(
  tx: Transaction,
  {
    version,
    expected,
    ...scope
  }: FlowScope & { version: number; expected: string | undefined; by: string | null },
): Promise<SavedVersion> {
  const row = await requireNewest(tx, scope, expected);
  const { flow } = await getFlowVersion(tx, { ...scope, version });
  return addVersion(tx, { ...scope, live: true }, row, { flow, faults: [] });
}

/** The ETag of a flow is its newest version's. */
export function flowETag(version: number): string {
  return `"v${version}"`;
}

async function requireNewest(
  tx: Transaction,
  { accountId, flowId }: FlowScope,
  expected: string | undefined,
): Promise<SummaryRow> {
  const row = await findFlow(tx, { accountId, flowId }, true);
  if (expected === undefined)
    throw new HostProblem(
      'precondition_required',
      'Say with If-Match which version you changed: send its ETag.',
    );
  if (expected !== flowETag(row.newest) && expected !== '*')
    throw new HostProblem(
      'version_conflict',
      `Version ${row.newest} was saved in the meantime. It is in "current"; nothing was overwritten.`,
      { current: await getFlow(tx, { accountId, flowId }) },
    );
  return row;
}

async function addVersion(
  tx: Transaction,
  { accountId, flowId, live, by }: Omit<SaveInput, 'document'>,
  row: SummaryRow,
  read: ReadDocument,
): Promise<SavedVersion> {
  const { flow } = read;
  const problems = await check(tx, accountId, read);
  const errorCount = countErrors(problems);
  const isLive = live && errorCount === 0;
  const version = row.newest + 1;
  await insertVersion(tx, { accountId, flowId }, version, flow, problems, by);
  await tx.query(
    `update flows set name = $3, newest = $4, live = $5, error_count = $6, updated_at = $7 where account_id = $1 and id = $2`,
    [accountId, flowId, flow.name || row.name, version, isLive ? version : row.live, errorCount, tx.now],
  );
  if (isLive) {
    for (const { id } of row.inboxes) await serve(tx, id);
    tx.notify({ kind: 'settings' });
  }
  return { version, live: isLive, problems: problems as SavedVersion['problems'] };
}

async function insertVersion(
  tx: Transaction,
  { accountId, flowId }: FlowScope,
  version: number,
  flow: Flow,
  problems: Problem[],
  by: string | null,
): Promise<void> {
  await tx.query(
    `insert into flow_versions (account_id, flow_id, version, document, problems, error_count, created_at, created_by)
     values ($1, $2, $3, $4::json, $5::jsonb, $6, $7, $8)`,
    [
      accountId,
      flowId,
      version,
      JSON.stringify(flow),
      JSON.stringify(problems),
      countErrors(problems),
      tx.now,
      by,
    ],
  );
}

async function check(tx: Transaction, accountId: string, read: ReadDocument): Promise<Problem[]> {
  return checkDocument(read, await wholeDirectory(tx, accountId));
}

function countErrors(problems: readonly Problem[]): number {
  return problems.filter(({ severity }) => severity === 'error').length;
}
