import { isTimeZone } from '@alur/flow';
import { queryOne, type Transaction } from '../database/transaction.ts';
import { hashOf, isId } from '../ids.ts';
import { HostProblem } from '../problem.ts';
import { checkSecrets, type StoredSecrets } from '../secrets.ts';
import type { ImportResult, Workspace, WorkspaceInbox } from '../workspace.ts';
import { requireFaultless } from '../workspace-faults.ts';
import { checkReferences, type KnownIds } from '../workspace-references.ts';
import { checkValues } from '../workspace-values.ts';
import { insertFlow } from './flows.ts';
import { requireOrigin, serve } from './inboxes.ts';
import { requireHours } from './office-hours.ts';

/** Creates all records of a workspace that are missing, in one transaction. See `Workspace`. */
export async function importWorkspace(
  tx: Transaction,
  { workspace }: { workspace: Workspace },
): Promise<ImportResult> {
  const {
    account,
    labels = [],
    agents = [],
    teams = [],
    aiAgents = [],
    flows = [],
    inboxes = [],
  } = workspace;
  for (const { id } of [account, ...labels, ...agents, ...teams, ...aiAgents, ...inboxes]) requireId(id);
  requireFaultless(checkReferences(workspace, await storedIds(tx, account.id)));
  requireFaultless(checkValues(workspace));
  requireFaultless(checkSecrets(workspace, await storedSecrets(tx, workspace)));
  account.dashboardOrigins.forEach(requireOrigin);
  const { id: accountId, timeZone = 'Asia/Jakarta' } = account;
  if (!isTimeZone(timeZone))
    throw new HostProblem(
      'invalid_request',
      `account.timeZone "${timeZone}" is no time zone: use an IANA name such as Asia/Jakarta.`,
    );

  const created: ImportResult['created'] = {
    accounts: await insert(
      tx,
      `insert into accounts (id, name, signing_key, webhook_secret, dashboard_origins, created_at, time_zone)
       values ($1, $2, $3, $4, $5::text[], $6, $7) on conflict do nothing returning id`,
      [
        accountId,
        account.name,
        account.signingKey,
        account.webhookSecret ?? null,
        account.dashboardOrigins,
        tx.now,
        timeZone,
      ],
    ),
    labels: 0,
    agents: 0,
    teams: 0,
    aiAgents: 0,
    flows: 0,
    inboxes: 0,
  };
  // Add the origins that the account does not list. Existing origins stay.
  await tx.query(
    `update accounts set dashboard_origins = dashboard_origins || array(
       select unnest($2::text[]) except select unnest(dashboard_origins)) where id = $1`,
    [accountId, account.dashboardOrigins],
  );
  for (const key of account.apiKeys) {
    await insert(
      tx,
      `insert into api_keys (hash, account_id, prefix, created_at) values ($1, $2, $3, $4) on conflict do nothing returning hash`,
      [hashOf(key), accountId, key.slice(0, 6), tx.now],
    );
    const owner = await queryOne<{ account_id: string }>(
      tx,
      'select account_id from api_keys where hash = $1',
      [hashOf(key)],
    );
    if (owner?.account_id !== accountId)
      throw new Error(
        `The API key "${key.slice(0, 6)}…" belongs to another account. Give this one a key of its own.`,
      );
  }
  for (const { id, name, color } of labels)
    created.labels += await insert(
      tx,
      `insert into labels (account_id, id, name, color) values ($1, $2, $3, $4) on conflict do nothing returning id`,
      [accountId, id, name, color],
    );
  for (const { id, name, online = true, avatarUrl = null } of agents)
    created.agents += await insert(
      tx,
      `insert into agents (account_id, id, name, online, avatar_url) values ($1, $2, $3, $4, $5) on conflict do nothing returning id`,
      [accountId, id, name, online, avatarUrl],
    );
  for (const { id, name, agentIds } of teams)
    created.teams += await insert(
      tx,
      `insert into teams (account_id, id, name, agent_ids) values ($1, $2, $3, $4::text[]) on conflict do nothing returning id`,
      [accountId, id, name, agentIds],
    );
  for (const {
    id,
    name,
    language = 'id',
    instructions = '',
    fallback = null,
    clarification = null,
    questions,
  } of aiAgents)
    created.aiAgents += await insert(
      tx,
      `insert into ai_agents (account_id, id, name, language, instructions, fallback, clarification, questions)
       values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb) on conflict do nothing returning id`,
      [accountId, id, name, language, instructions, fallback, clarification, JSON.stringify(questions)],
    );

  const drafts: ImportResult['drafts'] = [];
  for (const document of flows) {
    const flowId = flowIdOf(document);
    const known = await queryOne(tx, 'select 1 from flows where account_id = $1 and id = $2', [
      accountId,
      flowId,
    ]);
    if (known) continue;
    const { live, problems } = await insertFlow(tx, { accountId, flowId, document, live: true, by: null });
    created.flows += 1;
    if (!live) drafts.push({ flowId, problems });
  }
  for (const inbox of inboxes) created.inboxes += await importInbox(tx, accountId, inbox);
  tx.notify({ kind: 'settings' });
  return { created, drafts };
}

/** Returns the account's ids that a workspace may reference besides its own. */
async function storedIds(tx: Transaction, accountId: string): Promise<KnownIds> {
  const rows = await tx.query<{ list: keyof KnownIds; id: string }>(
    `select 'labels' as list, id from labels where account_id = $1
     union all select 'agents', id from agents where account_id = $1
     union all select 'teams', id from teams where account_id = $1
     union all select 'aiAgents', id from ai_agents where account_id = $1
     union all select 'flows', id from flows where account_id = $1`,
    [accountId],
  );
  const idsOf = (list: keyof KnownIds) =>
    new Set(rows.filter((row) => row.list === list).map(({ id }) => id));
  return {
    labels: idsOf('labels'),
    agents: idsOf('agents'),
    teams: idsOf('teams'),
    aiAgents: idsOf('aiAgents'),
    flows: idsOf('flows'),
  };
}

/** Returns which secrets of a workspace are stored already. An import does not change those. */
async function storedSecrets(tx: Transaction, { account, inboxes = [] }: Workspace): Promise<StoredSecrets> {
  const known = await queryOne(tx, 'select 1 from accounts where id = $1', [account.id]);
  const keys = await tx.query<{ hash: string }>('select hash from api_keys where hash = any($1::text[])', [
    account.apiKeys.map(hashOf),
  ]);
  const rows = await tx.query<{ id: string }>('select id from inboxes where id = any($1::text[])', [
    inboxes.map(({ id }) => id),
  ]);
  const hashes = new Set(keys.map(({ hash }) => hash));
  const ids = new Set(rows.map(({ id }) => id));
  return {
    hasAccount: known !== undefined,
    hasApiKey: (key) => hashes.has(hashOf(key)),
    hasInbox: (id) => ids.has(id),
  };
}

async function importInbox(tx: Transaction, accountId: string, inbox: WorkspaceInbox): Promise<number> {
  const { id, name, type, flow = null, aiAgentId = null, agentIds = [], teamIds = [], origins = [] } = inbox;
  origins.forEach(requireOrigin);
  requireHours(inbox.officeHours);
  const foreign = await queryOne(tx, 'select 1 from inboxes where id = $1 and account_id <> $2', [
    id,
    accountId,
  ]);
  if (foreign)
    throw new HostProblem(
      'invalid_request',
      `Another account of this host has an inbox "${id}": choose another id.`,
    );
  const count = await insert(
    tx,
    `insert into inboxes
       (id, account_id, name, type, flow_id, ai_agent_id, agent_ids, team_ids, origins, appearance, identity_keys, office_hours)
     values ($1, $2, $3, $4, $5, $6, $7::text[], $8::text[], $9::text[], $10::jsonb, $11::text[], $12::jsonb)
     on conflict do nothing returning id`,
    [
      id,
      accountId,
      name,
      type,
      flow,
      aiAgentId,
      agentIds,
      teamIds,
      origins,
      JSON.stringify(inbox.appearance ?? {}),
      [inbox.identityKey ?? []].flat(),
      inbox.officeHours ? JSON.stringify(inbox.officeHours) : null,
    ],
  );
  if (count > 0) await serve(tx, id);
  return count;
}

/** Runs an `insert … returning`. Returns 1 for a new row and 0 when the row existed. */
async function insert(tx: Transaction, text: string, params: unknown[]): Promise<number> {
  return (await tx.query(text, params)).length;
}

function flowIdOf(document: unknown): string {
  const id: unknown = document && typeof document === 'object' && 'id' in document ? document.id : undefined;
  return requireId(id);
}

function requireId(id: unknown): string {
  if (typeof id === 'string' && isId(id)) return id;
  throw new HostProblem(
    'invalid_request',
    `${JSON.stringify(id)} is no id: use 1 to 64 of A-Z a-z 0-9 _ and -.`,
  );
}
