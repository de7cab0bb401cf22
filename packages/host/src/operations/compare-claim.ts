import { ENGINE_REVISION } from '@alur/flow';
import type { Turn, TurnResult } from '@alur/protocol';

/** Revision of widgets that name none. They are older than the field. */
const UNNAMED_REVISION = 1;

/**
 * Compares a widget's claim with the host's result: the effects as a visitor may see them, in order, and
 * their version. The order of members and undefined members do not count. `reason` states that effects of the
 * same version differ because the widget ran another engine revision.
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

/** Returns JSON with sorted keys, so that equal values have equal texts. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    member && typeof member === 'object' && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
