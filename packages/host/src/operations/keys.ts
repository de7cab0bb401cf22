import { queryOne, type Transaction } from '../database/transaction.ts';
import { hashOf, newSecret } from '../ids.ts';
import { HostProblem } from '../problem.ts';
import { MIN_SECRET_LENGTH } from '../secrets.ts';

/** Purpose of a secret: calls of servers, or signing the tokens of a dashboard's agents. */
export type KeyKind = 'api' | 'signing';

/** Secret as lists show it, without its value. */
export interface KeyEntry {
  /** Id of the secret for `revokeKey`. */
  id: string;
  kind: KeyKind;
  /** First characters of the secret. */
  prefix: string;
  createdAt: Date | null;
}

const ID_LENGTH = 10;
/** Maximum number of signing keys: one, and its successor. */
const MAX_SIGNING_KEYS = 2;

interface SigningRow {
  signing_key: string;
  next_signing_key: string | null;
}

/**
 * Returns the only account of this host, or the one with this id. Throws `invalid_request` when there are
 * several, or none with this id.
 */
export async function chooseAccount(
  tx: Transaction,
  { accountId }: { accountId: string | null },
): Promise<string> {
  const rows = await tx.query<{ id: string }>(
    'select id from accounts where $1::text is null or id = $1 limit 2',
    [accountId],
  );
  const [row] = rows;
  if (row && rows.length === 1) return row.id;
  throw new HostProblem(
    'invalid_request',
    row
      ? 'This host has several accounts: name one with --account.'
      : `There is no account ${accountId ?? 'yet'}.`,
  );
}

/** Lists the valid secrets of an account. */
export async function listKeys(tx: Transaction, { accountId }: { accountId: string }): Promise<KeyEntry[]> {
  const rows = await tx.query<{ hash: string; prefix: string; created_at: Date }>(
    'select hash, prefix, created_at from api_keys where account_id = $1 order by created_at, hash',
    [accountId],
  );
  return [
    ...rows.map(({ hash, prefix, created_at: createdAt }) => ({
      id: hash.slice(0, ID_LENGTH),
      kind: 'api' as const,
      prefix,
      createdAt,
    })),
    ...(await signingKeys(tx, accountId)).map((key) => ({
      id: idOf(key),
      kind: 'signing' as const,
      prefix: key.slice(0, 6),
      createdAt: null,
    })),
  ];
}

/** Adds a new secret and returns it. It cannot be shown again. */
export async function addKey(
  tx: Transaction,
  { accountId, kind }: { accountId: string; kind: KeyKind },
): Promise<{ secret: string; id: string }> {
  const secret = newSecret();
  if (kind === 'api') {
    await tx.query('insert into api_keys (hash, account_id, prefix, created_at) values ($1, $2, $3, $4)', [
      hashOf(secret),
      accountId,
      secret.slice(0, 6),
      tx.now,
    ]);
  } else {
    if ((await signingKeys(tx, accountId)).length >= MAX_SIGNING_KEYS)
      throw new HostProblem('invalid_request', 'Two signing keys are live already: revoke one first.');
    await tx.query('update accounts set next_signing_key = $2 where id = $1', [accountId, secret]);
  }
  tx.notify({ kind: 'settings' });
  return { secret, id: idOf(secret) };
}

/**
 * Revokes a secret. Throws `not_found`, and `in_use` for the only signing key, because an account needs one.
 */
export async function revokeKey(
  tx: Transaction,
  { accountId, id }: { accountId: string; id: string },
): Promise<void> {
  const removed = await tx.query(
    'delete from api_keys where account_id = $1 and left(hash, $2) = $3 returning hash',
    [accountId, ID_LENGTH, id],
  );
  if (removed.length === 0) {
    const keys = await signingKeys(tx, accountId);
    const kept = keys.filter((key) => idOf(key) !== id);
    if (kept.length === keys.length)
      throw new HostProblem('not_found', `There is no secret ${id}: see alur-host keys list.`);
    if (kept.length === 0)
      throw new HostProblem('in_use', 'This is the only signing key: add another one first.');
    await tx.query('update accounts set signing_key = $2, next_signing_key = null where id = $1', [
      accountId,
      kept[0],
    ]);
  }
  tx.notify({ kind: 'settings' });
}

/**
 * Returns the places where stored secrets are shorter than new ones may be. API keys are stored as hashes, so
 * their length is unknown.
 */
export async function listShortSecrets(tx: Transaction): Promise<string[]> {
  const rows = await tx.query<{ place: string }>(
    `select 'signing key of account ' || id as place from accounts
       where least(length(signing_key), length(next_signing_key)) < $1
     union all select 'webhook secret of account ' || id from accounts where length(webhook_secret) < $1
     union all select 'identity key of inbox ' || id from inboxes
       where exists (select 1 from unnest(identity_keys) key where length(key) < $1)
     order by 1 limit 100`,
    [MIN_SECRET_LENGTH],
  );
  return rows.map(({ place }) => place);
}

async function signingKeys(tx: Transaction, accountId: string): Promise<string[]> {
  const row = await queryOne<SigningRow>(
    tx,
    'select signing_key, next_signing_key from accounts where id = $1 for update',
    [accountId],
  );
  return [row?.signing_key ?? [], row?.next_signing_key ?? []].flat();
}

function idOf(secret: string): string {
  return hashOf(secret).slice(0, ID_LENGTH);
}
