import type {
  ButtonCard,
  ButtonsCard,
  Card,
  CardBase,
  ConditionCard,
  ElseCard,
  Flow,
  FlowFormat,
  JumpCard,
  MessageCard,
  StartCard,
} from './flow.ts';
import type { Effect, PublicEffect } from '../run/run-types.ts';
import type { AuthorKinds, Field } from '../kinds/author-kind.ts';
import { authorKinds } from '../kinds/author-kinds.ts';

type Open<C extends CardBase> = Omit<C, 'title' | 'note'>;

/** Card in a public copy. It does not contain what the card assigns, labels or calls. */
export type PublicCard =
  | Open<StartCard>
  | Open<ConditionCard>
  | Open<ElseCard>
  | Open<ButtonCard>
  | Open<MessageCard>
  | Open<ButtonsCard>
  | Open<JumpCard>
  | { kind: 'label' | 'collaborator' | 'webhook' | 'assign-ai'; next: string[] }
  | { kind: 'assign-human'; next: string[]; skipLastAiResponse: boolean }
  | { kind: `x-${string}`; next: string[]; [field: string]: unknown };

/** Public copy of a flow. `compileFlow` accepts it like a full flow. */
export interface PublicFlow {
  /** Format of the copy. Cached copies can have an older format. */
  format: FlowFormat;
  id: string;
  name: string;
  timeZone: string;
  cards: Record<string, PublicCard>;
}

/**
 * Returns the public copy of a flow: only the fields that a kind declares public. It omits URLs, ids of
 * labels, agents, teams and AI agents, titles, notes, examples and unknown properties. It keeps keywords and
 * texts, because the browser evaluates them.
 */
export function publicFlow(flow: Flow, options: { kinds?: AuthorKinds } = {}): PublicFlow {
  const kinds = options.kinds ?? authorKinds;
  const cards = Object.entries(flow.cards).map(([id, card]) => [id, publicCard(card, kinds)] as const);
  const { format, id, name, timeZone } = flow;
  return { format, id, name, timeZone, cards: Object.fromEntries(cards) };
}

function publicCard(card: Card, kinds: AuthorKinds): PublicCard {
  const fields = pickPublic(card, kinds.steps.get(card.kind)?.fields ?? []);
  if (card.kind === 'condition') fields['test'] = publicTest(card, kinds);
  return { kind: card.kind, ...fields, next: [...card.next] } as PublicCard;
}

function publicTest({ test }: ConditionCard, kinds: AuthorKinds): object | null {
  return test && { kind: test.kind, ...pickPublic(test, kinds.tests.get(test.kind)?.fields ?? []) };
}

function pickPublic(source: object, fields: readonly Field[]): Record<string, unknown> {
  const own = source as Record<string, unknown>;
  const kept = fields.filter(({ name, isPublic }) => isPublic && Object.hasOwn(own, name));
  return Object.fromEntries(
    kept.map((field) => {
      const value = own[field.name];
      const copy =
        field.type === 'list' && Array.isArray(value)
          ? value.map((entry: object) => pickPublic(entry, field.fields))
          : structuredClone(value);
      return [field.name, copy];
    }),
  );
}

/**
 * Returns the public form of an effect, as `advance` returns it for the public copy of the same flow.
 * Messages and ends are unchanged, `assign-human` keeps `skipAiReplyTo`, all others become `{ kind, cardId
 * }`.
 */
export function publicEffect(effect: Effect): PublicEffect {
  switch (effect.kind) {
    case 'send-message':
    case 'send-buttons':
    case 'end':
      return effect;
    case 'assign-human':
      return { kind: effect.kind, cardId: effect.cardId, skipAiReplyTo: effect.skipAiReplyTo };
    default:
      return { kind: effect.kind, cardId: effect.cardId };
  }
}
