import type { AuthorKinds } from '../kinds/author-kind.ts';
import { authorKinds } from '../kinds/author-kinds.ts';
import type { Card, Flow } from '../document/flow.ts';
import { cardOf, isBranch, isClosed } from '../document/tree.ts';
import { edit, type Edit, type NewId, put } from './edit.ts';
import { newCard } from './new-card.ts';

/**
 * Sets fields of a card; `undefined` removes a field. Returns null if the card does not exist, or nothing
 * would change.
 */
export function updateCard(flow: Flow, cardId: string, fields: Record<string, unknown>): Edit | null {
  const card = cardOf(flow, cardId);
  if (!card || 'kind' in fields || 'next' in fields) return null;
  const before = card as unknown as Record<string, unknown>;
  if (Object.entries(fields).every(([name, value]) => Object.is(before[name], value))) return null;
  const kept = Object.entries({ ...card, ...fields }).filter(([, value]) => value !== undefined);
  return edit('update-card', cardId, [put(cardId, Object.fromEntries(kept) as unknown as Card)]);
}

/** Sets fields of the flow itself, such as `name`, `timeZone` or `examples`. `undefined` removes a field. */
export function updateFlow(flow: Flow, fields: Partial<Omit<Flow, 'format' | 'id' | 'cards'>>): Edit {
  const set = Object.entries(fields).filter(([, value]) => value !== undefined);
  const unset = Object.keys(fields).filter((name) => fields[name as keyof typeof fields] === undefined);
  const start = Object.keys(flow.cards).find((id) => flow.cards[id]!.kind === 'start') ?? '';
  const change = {
    kind: 'set-flow' as const,
    fields: Object.fromEntries(set),
    ...(unset.length > 0 && { unset }),
  };
  return edit('update-flow', start, [change]);
}

/** Renames a flow. */
export function renameFlow(flow: Flow, name: string): Edit {
  return updateFlow(flow, { name });
}

/**
 * Changes the kind of a step. Fields that both kinds have (texts, images, people, title, note) are kept. An
 * action with a following card can become another action or `buttons` (the following cards move below Else).
 * An action at the end of its path, an end or a jump can become any step. Returns null for the start, for
 * branches, and for `buttons` that have buttons.
 */
export function changeKind(
  flow: Flow,
  cardId: string,
  kind: string,
  newId: NewId,
  kinds: AuthorKinds = authorKinds,
): Edit | null {
  const card = cardOf(flow, cardId);
  const fresh = newCard(kind, kinds);
  if (!card || card.kind === kind || card.kind === 'start' || isBranch(card)) return null;
  if (fresh.kind === 'start' || isBranch(fresh)) return null;
  const isButtons = card.kind === 'buttons';
  if (isButtons && card.next.length > 1) return null;
  const gone = isButtons ? card.next : [];
  const rest = isButtons ? (cardOf(flow, card.next[0])?.next ?? []) : card.next;
  if (rest.length > 0 && isClosed(fresh, kinds)) return null;
  const elseId = kind === 'buttons' ? newId() : null;
  const next = elseId ? [elseId] : rest;
  return edit('change-kind', cardId, [
    ...(elseId ? [put(elseId, { kind: 'else', next: rest })] : []),
    put(cardId, { ...fresh, ...shared(card, fresh, kinds), next } as Card),
    ...gone.map((id) => ({ kind: 'remove-card' as const, cardId: id })),
  ]);
}

/** Returns the fields that both cards have, by name and type. */
function shared(card: Card, fresh: Card, kinds: AuthorKinds): Record<string, unknown> {
  const typeOf = (kind: string) =>
    new Map(kinds.steps.get(kind)?.fields.map(({ name, type }) => [name, type]));
  const [before, after] = [typeOf(card.kind), typeOf(fresh.kind)];
  const kept = Object.entries(card).filter(
    ([name]) =>
      name === 'title' || name === 'note' || (after.has(name) && after.get(name) === before.get(name)),
  );
  return Object.fromEntries(kept);
}
