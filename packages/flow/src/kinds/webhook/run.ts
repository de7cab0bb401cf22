import type { StepRunKind } from '../run-kind.ts';
import { actionStep } from '../run-steps.ts';
import type { WebhookCard } from './type.ts';

/** Engine side of `webhook`. */
export const webhookRun: StepRunKind<WebhookCard> = {
  kind: 'webhook',
  compile: (_card, _tools, cardId) => actionStep(() => ({ kind: 'webhook', cardId })),
};
