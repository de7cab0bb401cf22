import type { StepRunKind } from '../run-kind.ts';
import { actionStep } from '../run-steps.ts';
import { compileContent } from './content.ts';
import type { MessageCard } from './type.ts';

/** Engine side of `message`. */
export const messageRun: StepRunKind<MessageCard> = {
  kind: 'message',
  compile(card, _tools, cardId) {
    const content = compileContent(card);
    return actionStep(({ facts }) => ({ kind: 'send-message', cardId, ...content(facts) }));
  },
};
