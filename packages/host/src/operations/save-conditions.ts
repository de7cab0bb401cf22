import type { SavedVersion } from '@alur/protocol';
import { queryOne, type Transaction } from '../database/transaction.ts';
import { namesTag } from '../entity-tag.ts';
import { HostProblem } from '../problem.ts';
import { findFlow, getFlow, type FlowScope, type SummaryRow } from './flow-rows.ts';

/** Version on which a save was based. */
export interface BaseInput {
  /**
   * Version from the body, or from the query of a DELETE. 0: there was none. Takes precedence over `ifMatch`.
   */
  baseVersion?: number | undefined;
  /** Header `If-Match`, as received. Used only without `baseVersion`. */
  ifMatch?: string | undefined;
}

/** Identification of a repeated save. */
export interface SaveKey {
  id: string;
  /** Hash of the saved content. The same id with other content is an error of the caller. */
  hash: string;
}

/** Returns the ETag of a flow, which names its newest version. */
export function flowETag(version: number): string {
  return `"v${version}"`;
}

/**
 * Locks the flow and returns it if its newest version is the one that the caller changed. Throws `not_found`,
 * `precondition_required` (no version named), `version_conflict` (with the newest version as `current`).
 */
export async function requireNewest(
  tx: Transaction,
  { accountId, flowId, baseVersion, ifMatch }: FlowScope & BaseInput,
): Promise<SummaryRow> {
  const row = await findFlow(tx, { accountId, flowId }, true);
  if (baseVersion === undefined && ifMatch === undefined)
    throw new HostProblem(
      'precondition_required',
      'Send baseVersion: the number of the version that was changed.',
    );
  const isNewest =
    baseVersion === undefined ? namesTag(ifMatch ?? '', flowETag(row.newest)) : baseVersion === row.newest;
  if (isNewest) return row;
  throw new HostProblem(
    'version_conflict',
    `Version ${row.newest} was saved in the meantime. It is in "current"; nothing was overwritten.`,
    { current: await getFlow(tx, { accountId, flowId }) },
  );
}

/**
 * Returns the result of the save that had this id, if there was one: the caller did not receive it, or
 * repeats the save. Throws `id_reused` if that save had other content.
 */
export async function findRepeatedSave(
  tx: Transaction,
  { accountId, flowId }: FlowScope,
  key: SaveKey,
): Promise<SavedVersion | undefined> {
  // Two copies of one save may arrive at the same time. The second one waits for this lock.
  await findFlow(tx, { accountId, flowId }, true);
  const saved = await queryOne<SavedVersion & { hash: string }>(
    tx,
    `select version, went_live as live, problems, save_hash as hash from flow_versions
     where account_id = $1 and flow_id = $2 and save_id = $3`,
    [accountId, flowId, key.id],
  );
  if (!saved) return undefined;
  const { hash, ...answer } = saved;
  if (hash !== key.hash)
    throw new HostProblem('id_reused', 'This saveId was used for another save. Make one for each save.');
  return answer;
}
