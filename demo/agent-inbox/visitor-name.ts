import { displayName } from '@alur/flow/text';
import type { Conversation } from '@alur/protocol';

/**
 * Returns what to call a visitor: the name without bidirectional controls, else the address or number, else the end of
 * the id, so that two visitors can be told apart.
 */
export function visitorName(visitor: Conversation['visitor']): string {
  if (visitor.erased) return 'Pengunjung (terhapus)';
  return (
    displayName(visitor.name ?? '') ||
    visitor.email ||
    visitor.phone ||
    `Pengunjung ${visitor.id
      .replaceAll(/[^a-z0-9]/gi, '')
      .slice(-4)
      .toUpperCase()}`
  );
}
