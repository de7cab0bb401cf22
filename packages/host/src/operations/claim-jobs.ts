import { queryOne, type Transaction } from '../database/transaction.ts';
import type { AiReplyPayload, WebhookPayload } from './conversation-state.ts';

/** Job that this process holds until the lease ends. */
export type Job = {
  id: string;
  accountId: string;
  conversationId: string;
  /**
   * Number of attempts, including this one. It is counted before the work runs, so that a crash counts too.
   */
  attempts: number;
  /** Origin to which a webhook is posted. Null for other kinds. */
  receiver: string | null;
} & ({ kind: 'ai-reply'; payload: AiReplyPayload } | { kind: 'webhook'; payload: WebhookPayload });

/** Selection of jobs to claim. */
export interface ClaimInput {
  kind: Job['kind'];
  limit: number;
  /** Maximum number of running jobs of one account, over all processes. */
  perAccount: number;
  /** Receivers that must not be called now. */
  blockedReceivers: readonly string[];
}

const LEASE_MS = 90_000;
/** Maximum time by which a job is scheduled ahead. A later job was stored while the clock was wrong. */
const MAX_AHEAD_MS = 25 * 3_600_000;

/** SQL condition: no earlier AI reply of the same conversation is left. */
const IS_NEXT = `(j.kind <> 'ai-reply' or not exists (select 1 from jobs e
  where e.conversation_id = j.conversation_id and e.kind = j.kind and e.position < j.position))`;
/**
 * SQL condition: the job is due, not leased, and its receiver not blocked. A lease that ends later than any
 * lease can was taken while the clock was ahead.
 */
const IS_DUE = `(j.run_at <= $1
  and (j.locked_until is null or j.locked_until <= $1 or j.locked_until > $6::timestamptz)
  and (j.receiver is null or j.receiver <> all($5::text[])))`;

/**
 * Selects the oldest due jobs of each account, as many as the account may still start. Accounts alternate. A
 * loose index scan finds the accounts, so that thousands of jobs of one account cost no more than a few.
 */
const CLAIM = `
  with recursive accounts as (
    (select account_id from jobs where kind = $2 order by account_id limit 1)
    union all
    select (select n.account_id from jobs n where n.kind = $2 and n.account_id > a.account_id
            order by n.account_id limit 1)
    from accounts a where a.account_id is not null
  ), room as (
    select a.account_id, $4::int - (select count(*)::int from jobs r
      where r.kind = $2 and r.account_id = a.account_id and r.locked_until > $1
        and r.locked_until <= $6::timestamptz) as free
    from accounts a where a.account_id is not null
  ), due as (
    select d.id, d.position,
      row_number() over (partition by r.account_id order by d.run_at, d.position) as turn
    from room r cross join lateral (
      select j.id, j.run_at, j.position from jobs j
      where j.kind = $2 and j.account_id = r.account_id and ${IS_DUE} and ${IS_NEXT}
      order by j.run_at, j.position limit greatest(r.free, 0)) d
  ), chosen as (select id from due order by turn, position limit $3)
  update jobs set attempts = attempts + 1, locked_until = $7
  where id in (select j.id from jobs j where j.id in (select id from chosen) and ${IS_DUE}
    for update skip locked)
  returning id, kind, account_id, conversation_id, payload, attempts, receiver`;

/**
 * Claims due jobs of one kind and returns when the next one is due. Claims at most one AI reply of a
 * conversation, so that replies keep their order. The job of a crashed process is due again when its lease
 * ends.
 */
export async function claimJobs(
  tx: Transaction,
  { kind, limit, perAccount, blockedReceivers }: ClaimInput,
): Promise<{ jobs: Job[]; nextAt: Date | null }> {
  const later = (ms: number) => new Date(tx.now.getTime() + ms);
  await tx.query('update jobs set run_at = $1 where kind = $2 and run_at > $3', [
    tx.now,
    kind,
    later(MAX_AHEAD_MS),
  ]);
  const rows = await tx.query<{
    id: string;
    kind: Job['kind'];
    account_id: string;
    conversation_id: string;
    payload: never;
    attempts: number;
    receiver: string | null;
  }>(CLAIM, [tx.now, kind, limit, perAccount, blockedReceivers, later(2 * LEASE_MS), later(LEASE_MS)]);
  const next = await queryOne<{ at: Date | null }>(
    tx,
    `select least(
       (select run_at from jobs where kind = $1 and run_at > $2 order by run_at limit 1),
       (select min(locked_until) from jobs where kind = $1 and locked_until > $2)) as at`,
    [kind, tx.now],
  );
  return {
    jobs: rows.map(({ account_id: accountId, conversation_id: conversationId, ...job }) => ({
      ...job,
      accountId,
      conversationId,
    })),
    nextAt: next?.at ?? null,
  };
}

/** Releases the leases of earlier processes, at the start of a process that has the database for itself. */
export async function releaseJobs(tx: Transaction): Promise<void> {
  await tx.query('update jobs set locked_until = null where locked_until is not null');
}

/** Releases a job that this process interrupted. The attempt does not count. */
export async function releaseJob(tx: Transaction, { job }: { job: Job }): Promise<void> {
  await tx.query(
    `update jobs set locked_until = null, attempts = attempts - 1
     where id = $1 and payload = $2::jsonb and attempts = $3`,
    [job.id, JSON.stringify(job.payload), job.attempts],
  );
}

/** Schedules another attempt of a job. */
export async function postponeJob(tx: Transaction, { job, runAt }: { job: Job; runAt: Date }): Promise<void> {
  await tx.query('update jobs set run_at = $3, locked_until = null where id = $1 and payload = $2::jsonb', [
    job.id,
    JSON.stringify(job.payload),
    runAt,
  ]);
}

/** Returns whether the job still exists as it was claimed. */
export async function isThere(tx: Transaction, { id, payload }: Job): Promise<boolean> {
  const text = 'select 1 from jobs where id = $1 and payload = $2::jsonb';
  return (await tx.query(text, [id, JSON.stringify(payload)])).length > 0;
}

/**
 * Removes a job, so that no job is done twice or lost. Returns false when it was removed already (by another
 * process after the lease, or by an erasure) or now belongs to another AI agent.
 */
export async function finishJob(tx: Transaction, { id, payload }: Job): Promise<boolean> {
  const text = 'delete from jobs where id = $1 and payload = $2::jsonb returning id';
  return (await tx.query(text, [id, JSON.stringify(payload)])).length > 0;
}

/** Returns the number of jobs, or with `locked` of those in progress. */
export async function countJobs(
  tx: Transaction,
  { locked = false }: { locked?: boolean } = {},
): Promise<number> {
  const row = await queryOne<{ count: number }>(
    tx,
    'select count(*)::int as count from jobs where not $1 or locked_until > $2',
    [locked, tx.now],
  );
  return row?.count ?? 0;
}
