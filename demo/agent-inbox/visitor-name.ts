import { displayName } from '@alur/flow/text';
import type { Conversation } from '@alur/protocol';

/**
 * Returns the name of a visitor for the screen: the name without bidirectional controls, else the email
 * address or phone number, else the end of the id, which differs between visitors.
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
