import { isBlank, safeUrl } from '@alur/flow/text';
import type { Appearance } from '@alur/protocol';
import { nearest } from './nearest.ts';
import type { WorkspaceFault } from './workspace-faults.ts';

/** Every member of the contract's `Appearance`; a missing or an extra one is a type error. */
const MEMBERS = Object.keys({
  title: true,
  greeting: true,
  accent: true,
  position: true,
  fallbackContact: true,
} satisfies Record<keyof Appearance, true>);

/** Allowed URL schemes of the contact that the widget offers while the host is unreachable. */
const CONTACT_SCHEMES = /^(https|mailto|tel):/;

/**
 * Returns whether `value` is a color in the contract's form, such as `#2f6fed`. No other value may reach a
 * stylesheet.
 */
export function isHexColor(value: unknown): boolean {
  return typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value);
}

/**
 * Returns the invalid members of an inbox's appearance, with JSON Pointers that begin with `path`: members
 * that the contract does not define, an accent that is no hex color, and unsafe contact addresses. Addresses
 * are separated by spaces; a blank contact counts as none.
 */
export function checkAppearance(appearance: Appearance, path: string): WorkspaceFault[] {
  const faults: WorkspaceFault[] = [];
  for (const [member, value] of Object.entries(appearance)) {
    if (MEMBERS.includes(member)) continue;
    const close = nearest(member, MEMBERS);
    const hint = close === null ? '' : `; did you mean "${close}"?`;
    const step = member.replaceAll('~', '~0').replaceAll('/', '~1');
    faults.push({ path: `${path}/${step}`, value, message: `is not known here${hint}` });
  }
  const { accent, fallbackContact } = appearance;
  if (accent !== undefined && !isHexColor(accent))
    faults.push({ path: `${path}/accent`, value: accent, message: 'is not a color such as #2f6fed' });
  if (fallbackContact !== undefined && !isContact(fallbackContact))
    faults.push({
      path: `${path}/fallbackContact`,
      value: fallbackContact,
      message: 'is not a mailto:, tel: or https: address',
    });
  return faults;
}

/**
 * Returns the members of a stored appearance that {@link checkAppearance} accepts. Earlier releases stored
 * others, and callers send back what they read.
 */
export function acceptedMembers(stored: Appearance): Appearance {
  const refused = new Set(checkAppearance(stored, '').map(({ path }) => path));
  const accepted = MEMBERS.filter((member) => member in stored && !refused.has(`/${member}`));
  return Object.fromEntries(accepted.map((member) => [member, stored[member as keyof Appearance]]));
}

function isContact(addresses: unknown): boolean {
  if (typeof addresses !== 'string') return false;
  if (isBlank(addresses)) return true;
  return addresses
    .trim()
    .split(/\s+/)
    .every((address) => safeUrl(address, CONTACT_SCHEMES) !== null);
}
