import { ENGINE_REVISION } from '@alur/flow';
import type { Turn, TurnResult } from '@alur/protocol';

/** Widgets that name no revision are older than the field. */
const UNNAMED_REVISION = 1;

/**
 * Compares a widget's claim with what this host found: the effects as a visitor may see them, in order, and
 * the version they came from. The order of members and members that are undefined do not count. `reason` says
 * that effects of the same version differ because the widget ran another engine revision.
 */
export function compareClaim(
  claim: Pick<Turn, 'effects' | 'flow' | 'engineRevision'>,
  found: Pick<TurnResult, 'effects'> & Pick<TurnResult['session'], 'flow'>,
): Pick<TurnResult, 'verdict' | 'reason'> {
  if (claim.effects === undefined) return { verdict: 'unclaimed' };
  const isSameVersion = claim.flow === undefined || canonical(claim.flow) === canonical(found.flow);
  if (!isSameVersion) return { verdict: 'corrected' };
  if (canonical(claim.effects) === canonical(found.effects)) return { verdict: 'equal' };
  const { engineRevision = UNNAMED_REVISION } = claim;
  return engineRevision === ENGINE_REVISION
    ? { verdict: 'corrected' }
    : { verdict: 'corrected', reason: 'revision' };
}

/** JSON with sorted keys, so that equal values have equal texts. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    member && typeof member === 'object' && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
