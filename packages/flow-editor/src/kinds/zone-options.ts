import { isTimeZone } from '@alur/flow';
import { namesOfZone, zonesWithAliases } from './zone-aliases.ts';

/** A time zone to choose from. */
export interface ZoneOption {
  id: string;
  name: string;
  /** How people of the country write it, where they do. */
  detail?: string;
  /** Its other names, by which it is found too. */
  aliases?: readonly string[];
}

/** The zones most flows need, and what they are called there. */
const HOME: ReadonlyMap<string, string> = new Map([
  ['Asia/Jakarta', 'WIB'],
  ['Asia/Makassar', 'WITA'],
  ['Asia/Jayapura', 'WIT'],
]);

/** Names such as `Etc/GMT+7` stand for the opposite of what they say; they are not offered. */
const INVERTED = /^Etc\/GMT[+-]/;

let zones: string[] | null = null;

/**
 * Returns the time zones to choose from: those of Indonesia first, then the given ones (the flow's, the
 * chosen one), then all others by name. Each zone has one option, under today's name, and can be found by its
 * other names. A given name that `Intl` knows keeps its option, whichever name it is; one that `Intl` does
 * not know has none.
 */
export function zoneOptions(...given: readonly (string | undefined)[]): ZoneOption[] {
  zones ??= listZones();
  const known = given.filter((zone) => zone !== undefined && isTimeZone(zone)) as string[];
  return [...new Set([...HOME.keys(), ...known, ...zones])].map((zone) => {
    const aliases = namesOfZone(zone).filter((name) => name !== zone);
    return {
      id: zone,
      name: zone,
      ...(HOME.has(zone) && { detail: HOME.get(zone)! }),
      ...(aliases.length > 0 && { aliases }),
    };
  });
}

function listZones(): string[] {
  const listed = [...Intl.supportedValuesOf('timeZone'), ...zonesWithAliases()];
  const names = listed.filter((zone) => !INVERTED.test(zone)).map(currentName);
  return [...new Set(names)].filter(isTimeZone).sort();
}

/** Returns today's name of a zone, or the first one that this browser knows. */
function currentName(zone: string): string {
  return namesOfZone(zone).find(isTimeZone) ?? zone;
}
