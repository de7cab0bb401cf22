/** A time zone to choose from. */
export interface ZoneOption {
  id: string;
  name: string;
  /** How people of the country write it, where they do. */
  detail?: string;
}

/** The zones most flows need, and what they are called there. */
const HOME: ReadonlyMap<string, string> = new Map([
  ['Asia/Jakarta', 'WIB'],
  ['Asia/Makassar', 'WITA'],
  ['Asia/Jayapura', 'WIT'],
]);

let names: string[] | null = null;

/** Every time zone that this browser knows: those of Indonesia first, then the flow's own, then all others by name. */
export function zoneOptions(zoneOfFlow: string): ZoneOption[] {
  // UTC is a zone that not every browser lists.
  names ??= [...Intl.supportedValuesOf('timeZone'), 'UTC'];
  const first = [...HOME.keys(), zoneOfFlow].filter(Boolean);
  return [...new Set([...first, ...names])].map((name) => ({
    id: name,
    name,
    ...(HOME.has(name) && { detail: HOME.get(name)! }),
  }));
}
