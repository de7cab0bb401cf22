import type { Limits, Rate } from './rate-limit.ts';

/** How the value of a limit is written. */
export type LimitUnit = 'calls' | 'bytes an hour' | 'count' | 'bytes';

/** A limit with its default, and its text for `--help`. */
export interface LimitEntry<Value> {
  unit: LimitUnit;
  fallback: Value;
  help: string;
}

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;

const rate = (burst: number, perMinute: number, help: string): LimitEntry<Rate> => ({
  unit: 'calls',
  fallback: { burst, perMinute },
  help,
});
const count = (fallback: number, help: string): LimitEntry<number> => ({ unit: 'count', fallback, help });
const bytes = (fallback: number, help: string): LimitEntry<number> => ({ unit: 'bytes', fallback, help });

/** All limits. Their defaults, flags, variables and help come from here. High for people, low for scripts. */
export const limitTable: { readonly [Name in keyof Limits]: LimitEntry<Limits[Name]> } = {
  visitorsPerAddress: rate(200, 20, 'new visitors, per address'),
  turnsPerVisitor: rate(300, 120, 'turns, per visitor'),
  turnsPerAddress: rate(3_000, 3_000, 'turns, per address'),
  uploadsPerVisitor: rate(20, 10, 'files, per visitor'),
  uploadsPerAddress: rate(100, 60, 'files, per address'),
  uploadBytesPerAddress: {
    unit: 'bytes an hour',
    fallback: { burst: 200 * MIB, perMinute: (200 * MIB) / 60 },
    help: 'bytes of files, per address',
  },
  callsPerAddress: rate(6_000, 6_000, 'other calls of the visitor API, per address'),
  dashboardWrites: rate(300, 300, 'changes through the dashboard API, per token holder'),
  refusalsPerAddress: rate(120, 60, 'wrong dashboard tokens, per address'),
  refusalsPerKey: rate(30, 30, 'wrong API keys, per address and prefix of the key'),
  missesPerAddress: rate(120, 60, 'unknown inboxes and accounts, wrong refresh tokens, per address'),
  streamsPerVisitor: count(12, 'streams and long polls at once, per visitor'),
  streamsPerAddress: count(400, 'streams and long polls at once, per address'),
  streamsPerAccount: count(200, 'dashboard streams at once, per account'),
  uploadsAtOnce: count(16, 'uploads at once; each file is in memory until it is stored'),
  uploadsAtOncePerVisitor: count(2, 'uploads at once, per visitor'),
  uploadsAtOncePerAddress: count(6, 'uploads at once, per address'),
  downloadsAtOnce: count(64, 'downloads at once'),
  downloadsPerReader: count(12, 'downloads at once, per visitor or holder of a dashboard token'),
  downloadsPerAddress: count(48, 'downloads at once, per address'),
  filesBeforeFirstTurn: count(2, 'files of a visitor who has sent no turn'),
  fileBytesBeforeFirstTurn: bytes(10 * MIB, 'bytes of files of a visitor who has sent no turn'),
  unusedFileBytesPerVisitor: bytes(50 * MIB, 'bytes of files that no turn names, per visitor'),
  unusedFileBytesPerInbox: bytes(GIB, 'bytes of files that no turn names, per inbox'),
  unusedFileBytesPerAccount: bytes(GIB, 'bytes of files that no turn names, per account'),
  fileBytesPerVisitor: bytes(200 * MIB, 'bytes of files, per visitor'),
  fileBytesPerInbox: bytes(20 * GIB, 'bytes of files, per inbox'),
  fileBytesPerAccount: bytes(20 * GIB, 'bytes of files, per account'),
};

/** Default limits. */
export const defaultLimits = Object.fromEntries(
  Object.entries(limitTable).map(([name, { fallback }]) => [name, fallback]),
) as unknown as Limits;
