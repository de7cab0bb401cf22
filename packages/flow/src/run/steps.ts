import type {
  AssignAiCard,
  AssignHumanCard,
  ButtonCard,
  ButtonsCard,
  CollaboratorCard,
  Facts,
  JumpCard,
  LabelCard,
  MessageCard,
} from '../document/flow.ts';
import { findAnswer } from './find-answer.ts';
import { translator } from './language.ts';
import type { CompiledStep, StepRunKind, Walk } from './run-kind.ts';
import type { Effect } from './run-types.ts';
import { fillTemplate } from './template.ts';

/** Removes duplicate ids. Public copies have no ids, so undefined stays undefined. */
const unique = (ids: readonly string[] | undefined) => ids && [...new Set(ids)];

const label: StepRunKind = {
  kind: 'label',
  compile(card, _tools, cardId) {
    const labelIds = unique((card as LabelCard).labelIds);
    return action(() =>
      labelIds ? { kind: 'label', cardId, labelIds: [...labelIds] } : { kind: 'label', cardId },
    );
  },
};

const collaborator: StepRunKind = {
  kind: 'collaborator',
  compile(card, _tools, cardId) {
    const agentIds = unique((card as CollaboratorCard).agentIds);
    const teamIds = unique((card as CollaboratorCard).teamIds);
    return action(() =>
      agentIds && teamIds
        ? { kind: 'collaborator', cardId, agentIds: [...agentIds], teamIds: [...teamIds] }
        : { kind: 'collaborator', cardId },
    );
  },
};

const message: StepRunKind = {
  kind: 'message',
  compile(card, _tools, cardId) {
    const content = messageContent(card as MessageCard);
    return action(({ facts }) => ({ kind: 'send-message', cardId, ...content(facts) }));
  },
};

const webhook: StepRunKind = {
  kind: 'webhook',
  compile: (_card, _tools, cardId) => action(() => ({ kind: 'webhook', cardId })),
};

const jump: StepRunKind = {
  kind: 'jump',
  compile(card) {
    const move = { to: (card as JumpCard).to };
    return { enter: () => move };
  },
};

const buttons: StepRunKind = {
  kind: 'buttons',
  compile(card, tools, cardId) {
    const { next } = card as ButtonsCard;
    const content = messageContent(card as ButtonsCard);
    const offered = next.flatMap((id) => {
      const child = tools.card(id);
      return child?.kind === 'button' ? [{ id, ...compileLabel(child as ButtonCard) }] : [];
    });
    const otherwise = next.find((id) => tools.card(id)?.kind === 'else') ?? '';
    return {
      enter({ facts, effects }) {
        effects.push({
          kind: 'send-buttons',
          cardId,
          ...content(facts),
          buttons: offered.map(({ id, labelIn }) => ({ id, label: labelIn(facts.visitor?.language) })),
        });
        return 'wait';
      },
      answer(input, facts) {
        if (input.kind === 'press') {
          const pressed = input.cardId === cardId && offered.some(({ id }) => id === input.buttonId);
          return pressed ? input.buttonId : null;
        }
        const own = offered.map(({ labelIn }) => labelIn(facts.visitor?.language));
        const all = offered.map(({ labels }) => labels);
        return offered[findAnswer(own, input.text, all)]?.id ?? otherwise;
      },
    };
  },
};

const assignAi: StepRunKind = {
  kind: 'assign-ai',
  compile(card, _tools, cardId) {
    const aiAgentId = (card as AssignAiCard).aiAgentId ?? '';
    const agentIds = unique((card as AssignAiCard).agentIds);
    return end(() =>
      agentIds
        ? { kind: 'assign-ai', cardId, aiAgentId, agentIds: [...agentIds] }
        : { kind: 'assign-ai', cardId },
    );
  },
};

const assignHuman: StepRunKind = {
  kind: 'assign-human',
  compile(card, _tools, cardId) {
    const { skipLastAiResponse } = card as AssignHumanCard;
    const agentIds = unique((card as AssignHumanCard).agentIds);
    const teamIds = unique((card as AssignHumanCard).teamIds);
    return end(({ input }) => {
      const skipAiReplyTo = skipLastAiResponse ? input.id : null;
      return agentIds && teamIds
        ? { kind: 'assign-human', cardId, agentIds: [...agentIds], teamIds: [...teamIds], skipAiReplyTo }
        : { kind: 'assign-human', cardId, skipAiReplyTo };
    });
  },
};

/** Built-in kinds of steps. */
export const stepRuns: readonly StepRunKind[] = [
  label,
  collaborator,
  message,
  webhook,
  jump,
  buttons,
  assignAi,
  assignHuman,
];

/** Returns the text and image of a message in the visitor's language. */
function messageContent({ text, texts, imageUrl, imageUrls }: MessageCard | ButtonsCard) {
  const textIn = translator(text, texts);
  const imageIn = translator(imageUrl, imageUrls);
  return (facts: Facts) => {
    const language = facts.visitor?.language;
    const image = imageIn(language);
    return { text: fillTemplate(textIn(language), facts), ...(image && { imageUrl: image }) };
  };
}

/** Compiles a button's label: in the visitor's language, and in all languages. */
function compileLabel({ label, labels }: ButtonCard) {
  return { labelIn: translator(label, labels), labels: [label, ...Object.values(labels ?? {})] };
}

function action(effect: (walk: Walk) => object): CompiledStep {
  return { enter: (walk) => void walk.effects.push(effect(walk) as Effect) };
}

function end(effect: (walk: Walk) => object): CompiledStep {
  return {
    enter(walk) {
      walk.effects.push(effect(walk) as Effect);
      return 'end';
    },
  };
}
