import { freeSpace, MIN_FREE } from './data-folder.ts';

/** Observes the free space on the disk of a folder. */
export interface SpaceWatch {
  /** Whether there is too little space for writes. */
  isFull(): boolean;
  stop(): void;
}

export interface SpaceWatchOptions {
  folder: string;
  logger: { info(message: string): void; error(message: string): void };
  /** Milliseconds between checks. Default: 2,000. */
  everyMs?: number | undefined;
}

const EVERY_MS = 2_000;

/**
 * Checks the free space regularly. Writes must stop before the disk is full: a database that cannot write its
 * log has to be opened again, which needs space too.
 */
export function watchSpace({ folder, logger, everyMs = EVERY_MS }: SpaceWatchOptions): SpaceWatch {
  let isFull = false;
  const timer = setInterval(() => void check(), everyMs).unref();

  async function check(): Promise<void> {
    // A folder that is gone is noticed by its lease.
    const free = await freeSpace(folder).catch(() => Infinity);
    const wasFull = isFull;
    isFull = free < MIN_FREE;
    if (isFull && !wasFull)
      logger.error(
        `The disk of the data folder ${folder} is nearly full (${Math.floor(free / 2 ** 20)} MiB are free). ` +
          'Reads go on, writes get 503 until there is space.',
      );
    if (wasFull && !isFull) logger.info(`The disk of the data folder ${folder} has space again.`);
  }

  return { isFull: () => isFull, stop: () => clearInterval(timer) };
}
