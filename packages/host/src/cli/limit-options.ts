import { limitTable, type LimitUnit } from '../http/limit-table.ts';
import type { Limits, Rate } from '../http/rate-limit.ts';
import { OptionError, type Option } from './option.ts';

const UNITS = { GiB: 1024 ** 3, MiB: 1024 ** 2, KiB: 1024, B: 1 };
/** Value of a limit that is switched off. */
const NONE = 'none';
const MAX_COUNT = 1_000_000_000;

const PLACEHOLDERS: Record<LimitUnit, string> = {
  calls: 'burst/minute',
  'bytes an hour': 'burst/hour',
  count: 'number',
  bytes: 'bytes',
};

/** Options of the command line for all limits: `turnsPerVisitor` is `--limit-turns-per-visitor`. */
export const limitOptions = Object.fromEntries(
  Object.entries(limitTable).map(([name, { unit, fallback, help }]) => [
    name,
    {
      flag: `limit-${kebabOf(name)}`,
      variable: `ALUR_LIMIT_${kebabOf(name).replaceAll('-', '_').toUpperCase()}`,
      fallback,
      placeholder: PLACEHOLDERS[unit],
      help: `limit of ${help}`,
      read: (text: string) => readLimit(text, unit),
      show: (value: number | Rate) => showLimit(value, unit),
    },
  ]),
) as unknown as { [Name in keyof Limits]: Option<Limits[Name]> };

/** Returns the limits among all settings. */
export function limitsOf(settings: Limits): Limits {
  return Object.fromEntries(
    Object.keys(limitTable).map((name) => [name, settings[name as keyof Limits]]),
  ) as unknown as Limits;
}

function readLimit(text: string, unit: LimitUnit): number | Rate {
  const isRate = unit === 'calls' || unit === 'bytes an hour';
  if (text === NONE) return isRate ? { burst: Infinity, perMinute: 0 } : Infinity;
  if (!isRate) return unit === 'bytes' ? readBytes(text) : readCount(text, 0);
  const [burst, sustained, ...rest] = text.split('/');
  if (burst === undefined || sustained === undefined || rest.length > 0)
    throw new OptionError(
      unit === 'calls'
        ? 'must be calls at once and calls a minute such as 300/120, or none'
        : 'must be bytes at once and bytes an hour such as 200MiB/200MiB, or none',
    );
  if (unit === 'calls') return { burst: readCount(burst, 1), perMinute: readCount(sustained, 1) };
  const perHour = readBytes(sustained);
  if (perHour === 0) throw new OptionError('must allow at least one byte an hour');
  return { burst: readBytes(burst), perMinute: perHour / 60 };
}

function readCount(text: string, min: number): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < min || number > MAX_COUNT)
    throw new OptionError(`must be a number from ${min} to ${MAX_COUNT}, or none`);
  return number;
}

function readBytes(text: string): number {
  const [, number, unit = 'B'] = /^(\d{1,9})([KMG]iB|B)?$/.exec(text) ?? [];
  if (number === undefined) throw new OptionError('must be bytes such as 500KiB, 200MiB or 20GiB, or none');
  return Number(number) * UNITS[unit as keyof typeof UNITS];
}

function showLimit(value: number | Rate, unit: LimitUnit): string {
  if (typeof value === 'number') return unit === 'bytes' ? showBytes(value) : String(value);
  const { burst, perMinute } = value;
  return unit === 'calls' ? `${burst}/${perMinute}` : `${showBytes(burst)}/${showBytes(perMinute * 60)}`;
}

function showBytes(bytes: number): string {
  const [unit, size] = Object.entries(UNITS).find(([, size]) => bytes >= size && bytes % size === 0) ?? [
    'B',
    1,
  ];
  return `${bytes / size}${unit}`;
}

function kebabOf(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
