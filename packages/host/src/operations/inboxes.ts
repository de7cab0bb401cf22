import type { Appearance, FlowPin, Inbox as InboxResource, InboxUpdate } from '@alur/protocol';
import { queryOne, type Transaction } from '../database/transaction.ts';
import { checkAppearance } from '../appearance.ts';
import { canBeVersion } from '../ids.ts';
import { HostProblem, notFound } from '../problem.ts';
import { requireFaultless } from '../workspace-faults.ts';
import { pageCursor } from './cursor.ts';
import { cursorValues, pageOf, requireKnown, type ListInput, type Page } from './directory.ts';
import { requireHours } from './office-hours.ts';
import type { Records, Serving, UnverifiedCaller } from './records.ts';
import { requireName } from './require-text.ts';
import { inboxOf, sqlInboxRecords, type InboxRow } from './sql-inbox-records.ts';

/** Inbox as the host uses it: the contract's resource, and fields that never leave the host. */
export interface Inbox extends InboxResource {
  accountId: string;
  identityKeys: string[];
  appearance: Appearance;
}

function resourceOf({ accountId: _account, identityKeys: _keys, ...inbox }: Inbox): InboxResource {
  return inbox;
}

/** Returns an inbox by its public id alone, as the visitor API does. Throws `not_found`. */
export async function findInbox(
  records: Records,
  { inboxId }: UnverifiedCaller & { inboxId: string },
): Promise<Inbox> {
  const inbox = await records.findInboxById(inboxId);
  if (!inbox) throw notFound('inbox');
  return inbox;
}

export async function getInbox(
  tx: Transaction,
  { accountId, inboxId }: { accountId: string; inboxId: string },
): Promise<InboxResource> {
  const row = await queryOne<InboxRow>(tx, 'select * from inboxes where account_id = $1 and id = $2', [
    accountId,
    inboxId,
  ]);
  if (!row) throw notFound('inbox');
  return resourceOf(inboxOf(row));
}

export async function listInboxes(
  tx: Transaction,
  { accountId, limit, cursor }: ListInput,
): Promise<Page<InboxResource>> {
  const [name = '', id = ''] = cursor === undefined ? [] : cursorValues(cursor, 2);
  const rows = await tx.query<InboxRow>(
    `select * from inboxes where account_id = $1 and ($2 = '' or (name, id) > ($3, $2)) order by name, id limit $4`,
    [accountId, id, name, limit + 1],
  );
  return pageOf(
    rows,
    limit,
    (row) => resourceOf(inboxOf(row)),
    (row) => pageCursor(row.name, row.id),
  );
}

/**
 * Changes the given fields. Another flow takes effect immediately. Throws `version_conflict` when
 * `baseVersion` is given and is not the inbox's version, `unknown_reference` for an id that the account does
 * not have (an empty one included), `invalid_request` for a blank name and for an appearance that
 * `checkAppearance` refuses.
 */
export async function updateInbox(
  tx: Transaction,
  {
    accountId,
    inboxId,
    update: { baseVersion, ...update },
  }: { accountId: string; inboxId: string; update: InboxUpdate },
): Promise<InboxResource> {
  const row = await queryOne<InboxRow>(
    tx,
    'select * from inboxes where account_id = $1 and id = $2 for no key update',
    [accountId, inboxId],
  );
  if (!row) throw notFound('inbox');
  if (baseVersion !== undefined && baseVersion !== row.version)
    throw new HostProblem(
      'version_conflict',
      `The inbox was changed in the meantime (version ${row.version}). Read it again; nothing was overwritten.`,
    );
  const inbox: Inbox = { ...inboxOf(row), ...update, version: row.version + 1 };
  await requireKnown(sqlInboxRecords(tx), accountId, {
    agentIds: update.agentIds ?? [],
    teamIds: update.teamIds ?? [],
    aiAgentIds: update.aiAgentId == null ? [] : [update.aiAgentId],
  });
  // Only null selects no flow. An empty string is an unknown id.
  if (update.flowId != null) await requireFlow(tx, accountId, update.flowId);
  for (const origin of update.origins ?? []) requireOrigin(origin);
  if (update.name !== undefined) requireName(update.name);
  requireFaultless(checkAppearance(update.appearance ?? {}, '/appearance'));
  requireHours(update.officeHours);
  await tx.query(
    `update inboxes set name = $3, flow_id = $4, ai_agent_id = $5, agent_ids = $6::text[], team_ids = $7::text[],
       origins = $8::text[], appearance = $9::jsonb, office_hours = $10::jsonb, version = $11 where account_id = $1 and id = $2`,
    [
      accountId,
      inboxId,
      inbox.name,
      inbox.flowId,
      inbox.aiAgentId,
      inbox.agentIds,
      inbox.teamIds,
      inbox.origins,
      JSON.stringify(inbox.appearance),
      inbox.officeHours ? JSON.stringify(inbox.officeHours) : null,
      inbox.version,
    ],
  );
  if (update.flowId !== undefined) await serve(tx, inboxId);
  tx.notify({ kind: 'settings' });
  return resourceOf(inbox);
}

/** Locks the flow, so that a version that goes live at the same time is served here too. */
async function requireFlow(tx: Transaction, accountId: string, flowId: string): Promise<void> {
  const flow = await queryOne(
    tx,
    'select 1 from flows where account_id = $1 and id = $2 and deleted_at is null for update',
    [accountId, flowId],
  );
  if (!flow) throw new HostProblem('unknown_reference', `There is no flow "${flowId}". Choose another one.`);
}

/**
 * Throws `invalid_request` when `origin` is not scheme, host and port as browsers send them. Any other form
 * would never match.
 */
export function requireOrigin(origin: string): void {
  if (URL.canParse(origin) && new URL(origin).origin === origin) return;
  throw new HostProblem(
    'invalid_request',
    `"${origin}" is not an origin. Write it as "https://shop.example", without a path.`,
    { fields: [{ path: '/origins', message: 'must be scheme, host and optional port' }] },
  );
}

/**
 * Records which version the inbox gives to new sessions, if that changed: another flow was selected, or the
 * selected flow got another live version.
 */
export async function serve(tx: Transaction, inboxId: string): Promise<void> {
  const wanted = await queryOne<{ flow_id: string; version: number }>(
    tx,
    `select f.id as flow_id, f.live as version from inboxes i
     join flows f on f.account_id = i.account_id and f.id = i.flow_id and f.deleted_at is null
     where i.id = $1 and f.live is not null`,
    [inboxId],
  );
  const current = await sqlInboxRecords(tx).servedNow(inboxId);
  if (current?.id === wanted?.flow_id && current?.version === wanted?.version) return;
  await tx.query(
    'update served_versions set served_until = $2 where inbox_id = $1 and served_until is null',
    [inboxId, tx.now],
  );
  if (wanted)
    await tx.query(
      'insert into served_versions (inbox_id, flow_id, version, served_from) values ($1, $2, $3, $4)',
      [inboxId, wanted.flow_id, wanted.version, tx.now],
    );
}

/**
 * Time for which a replaced version is still accepted. A widget uses a configuration for a minute, and
 * browsers suspend tabs.
 */
const GRACE_MS = 10 * 60_000;

/** Whether the inbox gave a version at `usedAt`, or up to ten minutes before. */
function wasServed(servings: readonly Serving[], usedAt: Date): boolean {
  const earliest = usedAt.getTime() - GRACE_MS;
  return servings.some(
    ({ from, until }) => from <= usedAt && (until === null || until.getTime() >= earliest),
  );
}

/**
 * Returns the version for a session that opens: the one for new sessions, unless the claimed one is still
 * accepted.
 */
export async function pinFor(
  records: Records,
  inboxId: string,
  claimed: FlowPin | null | undefined,
  usedAt: Date,
): Promise<FlowPin | null> {
  const live = await records.servedNow(inboxId);
  if (!claimed || (claimed.id === live?.id && claimed.version === live.version)) return live;
  if (!canBeVersion(claimed.version)) return live;
  const { id, version } = claimed;
  return wasServed(await records.listServings(inboxId, { id, version }), usedAt) ? { id, version } : live;
}
