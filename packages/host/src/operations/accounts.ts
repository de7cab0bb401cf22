import { queryOne, type Transaction } from '../database/transaction.ts';
import { newSecret } from '../ids.ts';
import type { UnverifiedCaller } from './records.ts';

/** Account as the visitor and dashboard APIs use it. */
export interface Account {
  id: string;
  name: string;
  /** Key that signs dashboard tokens, and its successor during a key rotation. */
  signingKeys: string[];
  webhookSecret: string | null;
  dashboardOrigins: string[];
  /** Deactivated agents. Their tokens are refused. */
  deactivatedAgentIds: string[];
}

interface AccountRow {
  id: string;
  name: string;
  signing_key: string;
  next_signing_key: string | null;
  webhook_secret: string | null;
  dashboard_origins: string[];
  deactivated: string[];
}

const DEACTIVATED =
  'array(select g.id from agents g where g.account_id = a.id and not g.active) as deactivated';

function accountOf(row: AccountRow): Account {
  return {
    id: row.id,
    name: row.name,
    signingKeys: [row.signing_key, row.next_signing_key ?? []].flat(),
    webhookSecret: row.webhook_secret,
    dashboardOrigins: row.dashboard_origins,
    deactivatedAgentIds: row.deactivated,
  };
}

/** Returns the account with this id, or null. */
export async function findAccount(
  tx: Transaction,
  { accountId }: UnverifiedCaller & { accountId: string },
): Promise<Account | null> {
  const row = await queryOne<AccountRow>(tx, `select a.*, ${DEACTIVATED} from accounts a where a.id = $1`, [
    accountId,
  ]);
  return row ? accountOf(row) : null;
}

/** Returns the account whose API key has this hash, or null. */
export async function findAccountByKey(
  tx: Transaction,
  { hash }: UnverifiedCaller & { hash: string },
): Promise<Account | null> {
  const row = await queryOne<AccountRow>(
    tx,
    `select a.*, ${DEACTIVATED} from api_keys k join accounts a on a.id = k.account_id where k.hash = $1`,
    [hash],
  );
  return row ? accountOf(row) : null;
}

/**
 * Lists every origin from which a dashboard of any account may call. Before the token is read, the account is
 * unknown.
 */
export async function listDashboardOrigins(tx: Transaction): Promise<string[]> {
  const rows = await tx.query<{ origin: string }>(
    'select distinct unnest(dashboard_origins) as origin from accounts',
  );
  return rows.map(({ origin }) => origin);
}

/**
 * Returns the secret with which this host signs visitor tokens. It is created at the first start and shared
 * by all processes of one database.
 */
export async function hostSecret(tx: Transaction): Promise<string> {
  await tx.query("insert into settings (key, value) values ('secret', $1) on conflict (key) do nothing", [
    newSecret(),
  ]);
  const row = await queryOne<{ value: string }>(tx, "select value from settings where key = 'secret'");
  if (!row) throw new Error('The host has no secret.');
  return row.value;
}

/** Returns whether the database answers. */
export async function ping(tx: Transaction): Promise<boolean> {
  return (await tx.query('select 1')).length === 1;
}
