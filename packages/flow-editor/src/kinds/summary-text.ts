import type { FlowDirectory } from '../directory.ts';
import type { SummaryRow } from './editor-kind.ts';

/**
 * Number of characters from which a text gets two rows. A wrong estimate causes an ellipsis or an empty row,
 * but no layout shift.
 */
const LONG_TEXT = 38;

/** Returns 2 for a text that does not fit one row, else 1. */
export function countTextRows(text: string): 1 | 2 {
  return text.length > LONG_TEXT || text.includes('\n') ? 2 : 1;
}

/** Returns a row with the text, or an unset row with `otherwise` for an empty text. */
export function filled(text: string, otherwise: string): SummaryRow {
  return text ? { text } : { text: otherwise, tone: 'unset' };
}

/** Returns the names of ids, in order. An unknown id stays unchanged. */
export function namesOf(ids: string[], entries: { id: string; name: string }[] | undefined): string[] {
  return ids.map((id) => entries?.find((entry) => entry.id === id)?.name ?? id);
}

/** Returns the names of ids as one text. */
export function listNames(ids: string[], entries: { id: string; name: string }[] | undefined): string {
  return namesOf(ids, entries).join(', ');
}

/** Returns the names of a card's teams, followed by the names of its agents. */
export function describePeople(
  { agentIds, teamIds }: { agentIds: string[]; teamIds: string[] },
  directory: FlowDirectory | null,
): string {
  return [listNames(teamIds, directory?.teams), listNames(agentIds, directory?.agents)]
    .filter(Boolean)
    .join(', ');
}
