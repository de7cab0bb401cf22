import type { Conversation } from '@alur/protocol';

/** What to call a visitor: by name, else by address or number, else by the end of the id, so that two can be told apart. */
export function visitorName(visitor: Conversation['visitor']): string {
  if (visitor.erased) return 'Pengunjung (terhapus)';
  return (
    visitor.name ||
    visitor.email ||
    visitor.phone ||
    `Pengunjung ${visitor.id
      .replaceAll(/[^a-z0-9]/gi, '')
      .slice(-4)
      .toUpperCase()}`
  );
}
