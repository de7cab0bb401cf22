import type { FlowPin, PublicEffect, Verdict } from '@alur/protocol';

/**
 * Holds a widget's claim against what this host found: the effects as a visitor may see them, in order, and the version they
 * came from. Order of members does not count, nor does a member that is undefined.
 */
export function judge(
  claim: { effects?: PublicEffect[]; flow?: FlowPin | null },
  found: { effects: PublicEffect[]; flow: FlowPin | null },
): Verdict {
  if (claim.effects === undefined) return 'unclaimed';
  const isSameVersion = claim.flow === undefined || canonical(claim.flow) === canonical(found.flow);
  return isSameVersion && canonical(claim.effects) === canonical(found.effects) ? 'equal' : 'corrected';
}

/** JSON with sorted keys, so that equal values have equal texts. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    member && typeof member === 'object' && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
