import type { Flow } from '../document/flow.ts';
import { isSame } from '../compare/is-same.ts';
import { edit, type Edit } from './edit.ts';
import type { SimpleChange } from './flow-change.ts';

/**
 * Returns the edit that turns one version of a flow into another. It changes only what differs; `format` and
 * `id` stay.
 */
export function replaceFlow(flow: Flow, other: Flow): Edit {
  const changes: SimpleChange[] = [];
  const { cards: before, format: _format, id: _id, ...head } = flow;
  const { cards: after, format: _otherFormat, id: _otherId, ...otherHead } = other;
  if (!isSame(head, otherHead)) {
    const unset = Object.keys(head).filter((name) => !Object.hasOwn(otherHead, name));
    changes.push({ kind: 'set-flow', fields: otherHead, ...(unset.length > 0 && { unset }) });
  }
  for (const [cardId, card] of Object.entries(after)) {
    if (!Object.hasOwn(before, cardId) || !isSame(before[cardId], card))
      changes.push({ kind: 'put-card', cardId, card });
  }
  for (const cardId of Object.keys(before)) {
    if (!Object.hasOwn(after, cardId)) changes.push({ kind: 'remove-card', cardId });
  }
  const start = Object.keys(after).find((id) => after[id]!.kind === 'start') ?? '';
  return edit('replace-flow', start, changes);
}
