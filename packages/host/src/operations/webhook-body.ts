import type {
  ConversationState,
  ConversationChange,
  WebhookBody,
  WebhookPayload,
  WebhookVisitor,
} from './conversation-state.ts';
import { visitorOf } from './facts.ts';
import type { VisitorRow } from './records.ts';

/** Version of the webhook body's format. It is raised when a member changes its meaning. */
const WEBHOOK_VERSION = 1;

/**
 * Creates the job that calls a webhook. Its body holds the current values. Later changes belong to other
 * events. `effect` is the position of the effect in the turn, such as `2`, or `2.0` within a custom effect.
 */
export function webhookJob(
  { state, now }: Pick<ConversationChange, 'state' | 'now'>,
  visitor: VisitorRow,
  { cardId, turnId, url, effect }: { cardId: string; turnId: string; url: string; effect: string },
): { kind: 'webhook'; id: string; payload: WebhookPayload } {
  const id = `${state.id}/${turnId}/${effect}`;
  const at = now.toISOString();
  const sessionId = state.session.id;
  const payload = { sessionId, cardId, turnId, url, at };
  return { kind: 'webhook', id, payload: { ...payload, body: webhookBody(state, visitor, id, payload) } };
}

/** Returns the body of a webhook call, from the current values of the conversation. */
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
    // An earlier release may have frozen facts with a verified visitor's name from a turn.
    ...visitorOf(visitor, state.run.facts.visitor ?? {}),
    ...(verifiedAttributes.length > 0 && { verifiedAttributes }),
  };
}
