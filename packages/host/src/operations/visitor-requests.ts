import type { Rating } from '@alur/protocol';
import { one, type Transaction } from '../database/transaction.ts';
import { hashOf } from '../ids.ts';
import { HostProblem } from '../problem.ts';
import { rate, resolveSession } from './conversation-changes.ts';
import type { ConversationState } from './conversation-state.ts';
import { lockVisitorConversation, saveConversation, sessionNumber } from './conversation-store.ts';
import type { VisitorScope } from './visitor-reads.ts';
import { canonical } from './verdict.ts';
import { lockVisitor } from './visitors.ts';

/** What a visitor asks for about a session, under an id that never changes. */
interface VisitorRequest extends VisitorScope {
  id: string;
  session: string;
}

/** Rates a session, once for each id. Throws `id_reused`, and `unknown_reference` before the first turn. */
export async function rateSession(
  tx: Transaction,
  { id, session, rating, ...scope }: VisitorRequest & { rating: Pick<Rating, 'score' | 'comment'> },
): Promise<void> {
  await lockVisitor(tx, scope.visitorId, scope.inboxId);
  const draft = await lockVisitorConversation(tx, scope.visitorId);
  if (!draft)
    throw new HostProblem('unknown_reference', 'Nothing was said yet: there is no session to rate.');
  if (!(await takeOnce(tx, draft.state.id, id, { session, rating }))) return;
  rate(draft, await sessionMeant(tx, draft.state, session), rating);
  if (draft.events.length > 0) await saveConversation(tx, draft);
}

/** Ends the session that is meant, when it is the one that is open; once for each id. Throws `id_reused`. */
export async function endSession(tx: Transaction, { id, session, ...scope }: VisitorRequest): Promise<void> {
  await lockVisitor(tx, scope.visitorId, scope.inboxId);
  const draft = await lockVisitorConversation(tx, scope.visitorId);
  if (!draft || !(await takeOnce(tx, draft.state.id, id, { session }))) return;
  const meant = await sessionMeant(tx, draft.state, session);
  if (meant.id === draft.state.session.id) resolveSession(draft, null, 'visitor');
  if (draft.events.length > 0) await saveConversation(tx, draft);
}

/** An earlier session by its id; any other id, and so one that this host never adopted, means the newest. */
async function sessionMeant(
  tx: Transaction,
  { id: conversationId, session }: ConversationState,
  id: string,
): Promise<{ id: string; number: number }> {
  if (id === session.id) return session;
  const number = await sessionNumber(tx, conversationId, id);
  return number === null ? session : { id, number };
}

/** Whether this request is new; false for a repetition. Throws `id_reused` when the id stands for another one. */
async function takeOnce(
  tx: Transaction,
  conversationId: string,
  id: string,
  request: object,
): Promise<boolean> {
  const hash = hashOf(canonical(request));
  const added = await tx.query(
    `insert into visitor_requests (conversation_id, id, hash) values ($1, $2, $3)
     on conflict (conversation_id, id) do nothing returning id`,
    [conversationId, id, hash],
  );
  if (added.length > 0) return true;
  const known = await one<{ hash: string }>(
    tx,
    'select hash from visitor_requests where conversation_id = $1 and id = $2',
    [conversationId, id],
  );
  if (known?.hash === hash) return false;
  throw new HostProblem('id_reused', `"${id}" already stands for something else. Send this under a new id.`);
}
