import { queryOne, type Transaction } from '../database/transaction.ts';
import { finishJob, isThere, type Job } from './claim-jobs.ts';
import { append } from './conversation-changes.ts';
import type { WebhookBody } from './conversation-state.ts';
import { lockConversation, saveConversation } from './conversation-store.ts';
import type { VisitorRow } from './records.ts';
import { webhookBody } from './webhook-body.ts';

/**
 * Returns the body to post for a webhook job, and the secret to sign it with. Returns null when the job was
 * removed, for example by an erasure.
 */
export async function beginWebhook(
  tx: Transaction,
  { job }: { job: Job },
): Promise<{ body: WebhookBody; secret: string | null } | null> {
  if (job.kind !== 'webhook' || !(await isThere(tx, job))) return null;
  const account = await queryOne<{ secret: string | null }>(
    tx,
    'select webhook_secret as secret from accounts where id = $1',
    [job.accountId],
  );
  const { body } = job.payload;
  if (body) return { body, secret: account?.secret ?? null };
  // The job was stored by an earlier release, without a body.
  const { state } = await lockConversation(tx, job.accountId, job.conversationId);
  const visitor = await queryOne<VisitorRow>(tx, 'select * from visitors where id = $1', [state.visitorId]);
  if (!visitor) return null;
  return { body: webhookBody(state, visitor, job.id, job.payload), secret: account?.secret ?? null };
}

/** Records in the log that a webhook call arrived or was given up. */
export async function finishWebhook(
  tx: Transaction,
  { job, outcome, detail }: { job: Job; outcome: 'delivered' | 'failed'; detail?: string },
): Promise<void> {
  if (job.kind !== 'webhook') return;
  const change = await lockConversation(tx, job.accountId, job.conversationId);
  if (!(await finishJob(tx, job))) return;
  append(change, { type: 'webhook', cardId: job.payload.cardId, outcome, ...(detail && { detail }) });
  await saveConversation(tx, change);
}
