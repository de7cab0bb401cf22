import type { Transaction } from '../database/transaction.ts';
import { newId } from '../ids.ts';
import { deleteVisitorAttachments } from './attachments.ts';
import { append, setStatus } from './conversation-changes.ts';
import { newEpoch, type ConversationChange } from './conversation-state.ts';
import type { VisitorScope } from './records.ts';
import { sqlRecords } from './sql-records.ts';

/** Tables with the content of a conversation, except its own row. Rows that refer to others come first. */
const CONTENT_TABLES = ['jobs', 'visitor_requests', 'turns', 'events', 'sessions'];

/**
 * Deletes a visitor: tokens, details, files and all messages. The emptied conversation stays for agents and
 * belongs to a placeholder visitor. Does nothing when the visitor does not exist.
 */
export async function eraseVisitor(tx: Transaction, scope: VisitorScope): Promise<void> {
  const { visitorId, inboxId } = scope;
  const records = sqlRecords(tx);
  // The lock waits for a turn that is being submitted. Later turns find no visitor.
  const found = await records.lockVisitor(scope);
  if (!found) return;
  const accountId = found.visitor.account_id;
  const change = await records.lockVisitorConversation(visitorId);
  if (change) {
    for (const table of CONTENT_TABLES)
      await tx.query(`delete from ${table} where conversation_id = $1`, [change.state.id]);
    const placeholderId = newId('vis');
    await tx.query(
      `insert into visitors (id, account_id, inbox_id, verified, attributes, contact_at, contact_before, created_at, erased_at)
       values ($1, $2, $3, false, '{}', $4, $4, $4, $4)`,
      [placeholderId, accountId, inboxId, tx.now],
    );
    removeVisitorContent(change, placeholderId);
    await tx.query('update conversations set visitor_id = $2, epoch = $3 where id = $1', [
      change.state.id,
      placeholderId,
      change.state.epoch,
    ]);
    await records.saveConversation(change);
  }
  await deleteVisitorAttachments(tx, visitorId);
  await tx.query('delete from refresh_tokens where visitor_id = $1', [visitorId]);
  await tx.query('delete from visitors where id = $1', [visitorId]);
  tx.notify({ kind: 'erased', accountId, visitorId });
}

/**
 * Removes everything from a conversation that came from its visitor. What the account's agents set (status,
 * labels, assignee) stays. The log starts again under another epoch, so that earlier cursors are detected.
 * Its sequence numbers continue, because readers keep the highest that they saw.
 */
function removeVisitorContent(change: ConversationChange, placeholderId: string): void {
  const { state } = change;
  state.visitorId = placeholderId;
  state.epoch = newEpoch();
  // Neither the session's id nor its run may identify the visitor.
  state.session = { ...state.session, id: newId('ses'), status: 'resolved' };
  state.run = {
    status: 'ended',
    waitingAt: null,
    first: null,
    facts: {},
    endReason: state.run.endReason ?? 'cancelled',
  };
  state.offered = null;
  state.lastMessage = null;
  state.rating = null;
  state.unread = 0;
  append(change, { type: 'erased' });
  setStatus(change, 'resolved');
  change.sessions.push({ state: state.session, run: state.run });
}
