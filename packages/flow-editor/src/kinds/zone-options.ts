import { isTimeZone } from '@alur/flow';
import { namesOfZone, zonesWithAliases } from './zone-aliases.ts';

/** Option for a time zone. */
export interface ZoneOption {
  id: string;
  name: string;
  /** Local abbreviation, if there is one. */
  detail?: string;
  /** Other names, which are searched too. */
  aliases?: readonly string[];
}

/** Zones that most flows need, with their local abbreviations. */
const HOME: ReadonlyMap<string, string> = new Map([
  ['Asia/Jakarta', 'WIB'],
  ['Asia/Makassar', 'WITA'],
  ['Asia/Jayapura', 'WIT'],
]);

/** The sign of names such as `Etc/GMT+7` is inverted. They are not offered. */
const INVERTED = /^Etc\/GMT[+-]/;

let zones: string[] | null = null;

/**
 * Returns the selectable time zones: those of Indonesia first, then the given ones (the flow's, the selected
 * one), then all others by name. Each zone has one option, with its current name, and its other names are
 * searched too. A given name that `Intl` knows keeps its own option; one that `Intl` does not know has none.
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

/** Returns the current name of a zone, or the first one that the browser knows. */
function currentName(zone: string): string {
  return namesOfZone(zone).find(isTimeZone) ?? zone;
}
