import type { Transaction } from '../database/transaction.ts';
import { newId } from '../ids.ts';
import { deleteVisitorAttachments } from './attachments.ts';
import { append, setStatus } from './conversation-changes.ts';
import { newEpoch, type Draft } from './conversation-state.ts';
import type { VisitorScope } from './records.ts';
import { sqlRecords } from './sql-records.ts';

/** Everything of a conversation but its own row, so that what refers to another comes first. */
const CONTENT = ['jobs', 'visitor_requests', 'turns', 'events', 'sessions'];

/**
 * Deletes a visitor: tokens, details, files and everything that was said. An emptied conversation stays for
 * agents and belongs to nobody. Of one who is not there, nothing is left to delete.
 */
export async function eraseVisitor(tx: Transaction, scope: VisitorScope): Promise<void> {
  const { visitorId, inboxId } = scope;
  const records = sqlRecords(tx);
  // Whoever is just handing over a turn is waited for; whoever comes later finds nobody.
  const found = await records.lockVisitor(scope);
  if (!found) return;
  const accountId = found.visitor.account_id;
  const draft = await records.lockVisitorConversation(visitorId);
  if (draft) {
    for (const table of CONTENT)
      await tx.query(`delete from ${table} where conversation_id = $1`, [draft.state.id]);
    const nobody = newId('vis');
    await tx.query(
      `insert into visitors (id, account_id, inbox_id, verified, attributes, contact_at, contact_before, created_at, erased_at)
       values ($1, $2, $3, false, '{}', $4, $4, $4, $4)`,
      [nobody, accountId, inboxId, tx.now],
    );
    empty(draft, nobody);
    await tx.query('update conversations set visitor_id = $2, epoch = $3 where id = $1', [
      draft.state.id,
      nobody,
      draft.state.epoch,
    ]);
    await records.saveConversation(draft);
  }
  await deleteVisitorAttachments(tx, visitorId);
  await tx.query('delete from refresh_tokens where visitor_id = $1', [visitorId]);
  await tx.query('delete from visitors where id = $1', [visitorId]);
  tx.notify({ kind: 'erased', accountId, visitorId });
}

/**
 * Takes out of a conversation whatever came from its visitor. What the account's own people made of it
 * (status, labels, who handled it) stays. The log begins anew under another epoch, so that cursors from
 * before are recognised; its numbers go on, as readers keep the highest they saw.
 */
function empty(draft: Draft, nobody: string): void {
  const { state } = draft;
  state.visitorId = nobody;
  state.epoch = newEpoch();
  // Neither the session's id nor its run may lead back to the visitor.
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
  append(draft, { type: 'erased' });
  setStatus(draft, 'resolved');
  draft.sessions.push({ state: state.session, run: state.run });
}
