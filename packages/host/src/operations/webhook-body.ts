import type {
  ConversationState,
  Draft,
  WebhookBody,
  WebhookPayload,
  WebhookVisitor,
} from './conversation-state.ts';
import { visitorOf } from './facts.ts';
import type { VisitorRow } from './records.ts';

/** The form of webhook bodies; raised when a member changes its meaning. */
const WEBHOOK_VERSION = 1;

/**
 * The job that calls a webhook. Its body holds the values of this moment: what changes later belongs to other
 * events.
 */
export function webhookJob(
  { state, now }: Pick<Draft, 'state' | 'now'>,
  visitor: VisitorRow,
  { cardId, turnId, url, index }: { cardId: string; turnId: string; url: string; index: number },
): { kind: 'webhook'; id: string; payload: WebhookPayload } {
  const id = `${state.id}/${turnId}/${index}`;
  const at = now.toISOString();
  const sessionId = state.session.id;
  const payload = { sessionId, cardId, turnId, url, at };
  return { kind: 'webhook', id, payload: { ...payload, body: webhookBody(state, visitor, id, payload) } };
}

/** What a webhook call says, from the values that the conversation has now. */
export function webhookBody(
  state: ConversationState,
  visitor: VisitorRow,
  id: string,
  { sessionId, cardId, turnId, at }: Omit<WebhookPayload, 'body'>,
): WebhookBody {
  return {
    id,
    type: 'flow.webhook',
    version: WEBHOOK_VERSION,
    at,
    conversationId: state.id,
    inboxId: state.inboxId,
    sessionId,
    flow: state.session.flow,
    cardId,
    turnId,
    visitor: webhookVisitor(state, visitor),
    firstMessage: state.run.first,
    labelIds: [...state.labelIds],
  };
}

function webhookVisitor(state: ConversationState, visitor: VisitorRow): WebhookVisitor {
  const verifiedAttributes = Object.keys(visitor.token_attributes);
  return {
    id: state.visitorId,
    verified: visitor.verified,
    ...(visitor.subject !== null && { subject: visitor.subject }),
    // The facts may have been frozen by a release that took a verified visitor's name from a turn.
    ...visitorOf(visitor, state.run.facts.visitor ?? {}),
    ...(verifiedAttributes.length > 0 && { verifiedAttributes }),
  };
}
