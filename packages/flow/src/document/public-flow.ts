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
import type { AuthorKinds, Field } from '../author/author-kind.ts';
import { authorKinds } from '../author/author-kinds.ts';

type Open<C extends CardBase> = Omit<C, 'title' | 'note'>;

/** A card as a visitor's browser may see it. Nothing says whom or what it assigns, labels or calls. */
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

/** A flow as a visitor's browser may see it. `compileFlow` takes it like a whole one. */
export interface PublicFlow {
  /** A copy in a cache may be of an older format. */
  format: FlowFormat;
  id: string;
  name: string;
  timeZone: string;
  cards: Record<string, PublicCard>;
}

/**
 * The copy of a flow that a visitor may see: only the fields that a kind declares public. Gone are addresses,
 * ids of labels, agents, teams and AI agents, titles, notes, examples and every unknown property. Keywords
 * and texts stay, because the browser evaluates them.
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
 * An effect as a visitor may see it: what `advance` gives on the public copy of the same flow. Messages and
 * ends stay whole, `assign-human` keeps `skipAiReplyTo`, anything else is `{ kind, cardId }`.
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
