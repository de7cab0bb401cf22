import type { TurnRow } from '../../packages/host/src/operations/records.ts';
import type { Device, Kept } from './device.ts';
import type { Tables } from './host/tables.ts';

/**
 * Checks that every stored input of a device is at the host exactly once, and each tab's inputs are in order.
 */
export function checkDelivery(
  tables: Tables,
  devices: readonly Device[],
  takenBack: ReadonlySet<string>,
): string[] {
  const faults: string[] = [];
  const taken = new Map<string, TurnRow[]>();
  for (const { turns } of tables.conversations.values())
    for (const turn of turns.values()) taken.set(turn.id, [...(taken.get(turn.id) ?? []), turn]);

  const known = new Set<string>();
  for (const device of devices) {
    const left = new Set([...device.rows.values()].map(({ id }) => id));
    /** The newest turn of each tab, by conversation. */
    const last = new Map<string, number>();
    for (const kept of device.kept) {
      const { id, tab } = kept;
      known.add(id);
      const turns = taken.get(id) ?? [];
      const [turn] = turns;
      if (turns.length > 1) faults.push(`${id} of ${tab} was taken ${turns.length} times.`);
      if (!turn) {
        if (!left.has(id) && !takenBack.has(id)) faults.push(`${id} of ${tab} was lost.`);
        continue;
      }
      if (!isSame(kept, turn)) faults.push(`${id} of ${tab} was taken as something else.`);
      if (device.setAside.has(id)) continue;
      const key = `${tab} ${turn.conversationId}`;
      if (turn.seq <= (last.get(key) ?? 0)) faults.push(`${id} of ${tab} overtook another.`);
      last.set(key, turn.seq);
    }
  }
  for (const id of taken.keys()) if (!known.has(id)) faults.push(`No visitor sent ${id}.`);
  return faults;
}

function isSame({ entry }: Kept, { input }: TurnRow): boolean {
  if (entry.kind !== 'turn') return false;
  const said = entry.turn.input;
  if (said.kind === 'message') return input.kind === 'message' && input.text === said.text;
  return input.kind === 'press' && input.cardId === said.cardId && input.buttonId === said.buttonId;
}
