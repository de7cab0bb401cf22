import type { Rating } from '@alur/protocol';
import { hashOf } from '../ids.ts';
import { HostProblem } from '../problem.ts';
import { rate, resolveSession } from './conversation-changes.ts';
import type { ConversationState } from './conversation-state.ts';
import type { Records, VisitorScope } from './records.ts';
import { canonical } from './compare-claim.ts';
import { lockVisitor } from './visitors.ts';

/** Request of a visitor about a session, under an id that never changes. */
export interface VisitorRequest extends VisitorScope {
  id: string;
  session: string;
}

/** Rates a session, once for each id. Throws `id_reused`, and `unknown_reference` before the first turn. */
export async function rateSession(
  records: Records,
  { id, session, rating, ...scope }: VisitorRequest & { rating: Pick<Rating, 'score' | 'comment'> },
): Promise<void> {
  await lockVisitor(records, scope);
  const change = await records.lockVisitorConversation(scope.visitorId);
  if (!change)
    throw new HostProblem('unknown_reference', 'Nothing was said yet: there is no session to rate.');
  if (!(await recordOnce(records, change.state.id, id, { session, rating }))) return;
  rate(change, await findSession(records, change.state, session), rating);
  if (change.events.length > 0) await records.saveConversation(change);
}

/** Ends the named session if it is the open one, once for each id. Throws `id_reused`. */
export async function endSession(records: Records, { id, session, ...scope }: VisitorRequest): Promise<void> {
  await lockVisitor(records, scope);
  const change = await records.lockVisitorConversation(scope.visitorId);
  if (!change || !(await recordOnce(records, change.state.id, id, { session }))) return;
  const found = await findSession(records, change.state, session);
  if (found.id === change.state.session.id) resolveSession(change, null, 'visitor');
  if (change.events.length > 0) await records.saveConversation(change);
}

/**
 * Returns an earlier session by its id. Any other id, including one that this host never adopted, means the
 * newest session.
 */
async function findSession(
  records: Records,
  { id: conversationId, session }: ConversationState,
  id: string,
): Promise<{ id: string; number: number }> {
  if (id === session.id) return session;
  const number = await records.sessionNumber(conversationId, id);
  return number === null ? session : { id, number };
}

/**
 * Records a request and returns true, or returns false for a repetition. Throws `id_reused` when the id
 * belongs to another request.
 */
async function recordOnce(
  records: Records,
  conversationId: string,
  id: string,
  request: object,
): Promise<boolean> {
  const hash = hashOf(canonical(request));
  const known = await records.addRequest(conversationId, id, hash);
  if (known === null) return true;
  if (known === hash) return false;
  throw new HostProblem('id_reused', `"${id}" already stands for something else. Send this under a new id.`);
}
