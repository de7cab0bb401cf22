import { emptyFlow, type Flow, type Problem } from '@alur/flow';
import type { FlowDetail, FlowSummary, FlowVersionSummary, SavedVersion } from '@alur/protocol';
import { queryOne, type Transaction } from '../database/transaction.ts';
import { hashOf, newId } from '../ids.ts';
import { HostProblem, notFound } from '../problem.ts';
import { isTime, pageCursor } from './cursor.ts';
import { badCursor, cursorValues, pageOf, wholeDirectory, type ListInput, type Page } from './directory.ts';
import { checkDocument, readDocument, type ReadDocument } from './flow-gates.ts';
import {
  findFlow,
  getFlow,
  getFlowVersion,
  SUMMARY,
  summaryOf,
  type FlowScope,
  type SummaryRow,
} from './flow-rows.ts';
import { serve } from './inboxes.ts';
import { requireName } from './require-text.ts';
import { findRepeatedSave, requireNewest, type BaseInput, type SaveKey } from './save-conditions.ts';

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

/** Document to save, and the agent who saves it. */
interface SaveInput extends FlowScope {
  document: unknown;
  /** Whether it may go live when it has no errors. */
  live: boolean;
  by: string | null;
}

/** Document, or none for only a start card, and the agent who creates the flow. */
interface CreateInput {
  accountId: string;
  name: string;
  document?: unknown;
  /** Whether version 1 may be live when it has no errors. Default: true. */
  live?: boolean;
  by: string | null;
}

/**
 * Creates a flow from a document, whose id is replaced, or with only a start card. Throws `flow_invalid`,
 * `invalid_request` (a blank name).
 */
export async function createFlow(
  tx: Transaction,
  { accountId, name, document, live = true, by }: CreateInput,
): Promise<FlowDetail> {
  requireName(name);
  const flowId = newId('flow');
  const given = document ?? emptyFlow({ id: flowId, name, timeZone: await timeZoneOf(tx, accountId) });
  const flow = { ...readDocument(given, tx.kinds.author).flow, id: flowId, name };
  await insertFlow(tx, { accountId, flowId, document: flow, live, by });
  return getFlow(tx, { accountId, flowId });
}

async function timeZoneOf(tx: Transaction, accountId: string): Promise<string> {
  const row = await queryOne<{ time_zone: string }>(tx, 'select time_zone from accounts where id = $1', [
    accountId,
  ]);
  if (!row) throw notFound('account');
  return row.time_zone;
}

/** Stores a new flow as version 1. Throws `flow_invalid`. */
export async function insertFlow(tx: Transaction, input: SaveInput): Promise<SavedVersion> {
  const { accountId, flowId, by } = input;
  const read = readDocument(input.document, tx.kinds.author);
  const { flow } = read;
  const problems = await check(tx, accountId, read);
  const errorCount = countErrors(problems);
  const isLive = input.live && errorCount === 0;
  await tx.query(
    `insert into flows (account_id, id, name, newest, live, error_count, updated_at) values ($1, $2, $3, 1, $4, $5, $6)`,
    [accountId, flowId, flow.name || flowId, isLive ? 1 : null, errorCount, tx.now],
  );
  await insertVersion(tx, { accountId, flowId }, 1, flow, problems, by);
  return { version: 1, live: isLive, problems };
}

/**
 * Renames a flow. The name belongs to the flow: every version is returned with the current one. Throws
 * `version_conflict`, `invalid_request` (a blank name).
 */
export async function renameFlow(
  tx: Transaction,
  { name, ...input }: FlowScope & BaseInput & { name: string },
): Promise<FlowSummary> {
  requireName(name);
  const row = await requireNewest(tx, input);
  await tx.query('update flows set name = $3, updated_at = $4 where account_id = $1 and id = $2', [
    input.accountId,
    input.flowId,
    name,
    tx.now,
  ]);
  return summaryOf({ ...row, name, updated_at: tx.now });
}

/**
 * Deletes a flow that no inbox has selected. Its versions stay for the sessions that run on them. Throws
 * `in_use`, `version_conflict`.
 */
export async function deleteFlow(tx: Transaction, input: FlowScope & BaseInput): Promise<void> {
  const { inboxes, name } = await requireNewest(tx, input);
  if (inboxes.length > 0)
    throw new HostProblem(
      'in_use',
      `"${name}" is selected by ${inboxes.map((inbox) => `"${inbox.name}"`).join(', ')}. Select another flow there first.`,
      { inboxes },
    );
  await tx.query('update flows set deleted_at = $3 where account_id = $1 and id = $2', [
    input.accountId,
    input.flowId,
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

/**
 * Saves a new version on top of the one that was changed. `name` also renames the flow. Throws
 * `flow_invalid`, `precondition_required`, `version_conflict` (with the newest version), `id_reused`,
 * `invalid_request` (a blank name).
 */
export async function saveFlowVersion(
  tx: Transaction,
  { name, saveId, ...input }: SaveInput & BaseInput & { name?: string; saveId?: string },
): Promise<SavedVersion> {
  if (name !== undefined) requireName(name);
  const { flow, faults } = readDocument(input.document, tx.kinds.author);
  const key = saveKey(saveId, [{ ...flow, name: '' }, input.live, name]);
  const repeated = key && (await findRepeatedSave(tx, input, key));
  if (repeated) return repeated;
  const row = await requireNewest(tx, input);
  const read = { flow: { ...flow, id: input.flowId }, faults };
  return addVersion(tx, input, { ...row, name: name ?? row.name }, read, key);
}

/**
 * Saves an older version's document as the newest version, under the same conditions. The flow keeps its
 * current name.
 */
export async function restoreFlowVersion(
  tx: Transaction,
  {
    version,
    saveId,
    ...input
  }: FlowScope & BaseInput & { version: number; saveId?: string; by: string | null },
): Promise<SavedVersion> {
  const key = saveKey(saveId, ['restore', version]);
  const repeated = key && (await findRepeatedSave(tx, input, key));
  if (repeated) return repeated;
  const row = await requireNewest(tx, input);
  const { accountId, flowId } = input;
  const { flow } = await getFlowVersion(tx, { accountId, flowId, version });
  // A document of an older format is saved in the current format.
  return addVersion(tx, { ...input, live: true }, row, readDocument(flow, tx.kinds.author), key);
}

function saveKey(saveId: string | undefined, content: unknown[]): SaveKey | undefined {
  return saveId === undefined
    ? undefined
    : { id: saveId.toLowerCase(), hash: hashOf(JSON.stringify(content)) };
}

/** Stores a document as the version after `row.newest`, under the name of `row`. */
async function addVersion(
  tx: Transaction,
  { accountId, flowId, live, by }: Omit<SaveInput, 'document'>,
  row: SummaryRow,
  read: ReadDocument,
  key: SaveKey | undefined,
): Promise<SavedVersion> {
  const { flow } = read;
  const problems = await check(tx, accountId, read);
  const errorCount = countErrors(problems);
  const isLive = live && errorCount === 0;
  const version = row.newest + 1;
  await insertVersion(tx, { accountId, flowId }, version, flow, problems, by);
  if (key)
    await tx.query(
      `update flow_versions set save_id = $4, save_hash = $5, went_live = $6
       where account_id = $1 and flow_id = $2 and version = $3`,
      [accountId, flowId, version, key.id, key.hash, isLive],
    );
  await tx.query(
    `update flows set name = $3, newest = $4, live = $5, error_count = $6, updated_at = $7 where account_id = $1 and id = $2`,
    [accountId, flowId, row.name, version, isLive ? version : row.live, errorCount, tx.now],
  );
  if (isLive) {
    for (const { id } of row.inboxes) await serve(tx, id);
    tx.notify({ kind: 'settings' });
  }
  return { version, live: isLive, problems };
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
  const problems = checkDocument(read, await wholeDirectory(tx, accountId), tx.kinds.author);
  requireNamed(read.flow, problems);
  return problems;
}

/**
 * Throws `flow_invalid` when the name of a document is blank or too long. An unpublished version may be
 * unfinished, but every list shows its name.
 */
function requireNamed({ id }: Flow, problems: readonly Problem[]): void {
  const wrong = problems.filter(({ path, severity }) => path === '/name' && severity === 'error');
  if (wrong.length > 0)
    throw new HostProblem('flow_invalid', `The name in flow "${id}" is blank or too long; see "problems".`, {
      problems: wrong,
    });
}

function countErrors(problems: readonly Problem[]): number {
  return problems.filter(({ severity }) => severity === 'error').length;
}
