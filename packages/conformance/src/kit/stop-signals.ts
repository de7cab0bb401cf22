/** Exit codes of a process that a signal ended: 128 plus the signal's number. */
const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/**
 * `npm` and `timeout` repeat a signal that the process already received: within this time (ms), two signals
 * are one.
 */
const ECHO_MS = 500;

/** Interval in milliseconds in which a kit that npm started checks whether npm is still running. */
const LOOK_MS = 250;

/** The signal that stops a run. */
export interface Stop {
  signal: AbortSignal;
  /** Returns the received signal and its exit code; null before one arrives. */
  by(): { name: string; code: number } | null;
}

/**
 * Listens for the signals that ask a process to end. The first stops the run, the second ends the process
 * immediately. A closed output (`| head`) stops the run like SIGPIPE. A SIGTERM to npm ends the shell between
 * npm and the kit and is not passed on: under npm and npx the kit checks whether its parent still exists.
 */
export function stopOnSignals(): Stop {
  const controller = new AbortController();
  let by: { name: string; code: number } | null = null;
  let since = 0;
  const stop = (name: string, code: number): void => {
    if (by) return;
    by = { name, code };
    since = performance.now();
    controller.abort();
  };
  for (const [name, code] of Object.entries(EXIT_CODES))
    process.on(name, () => {
      if (by && performance.now() - since > ECHO_MS) process.exit(code);
      stop(name, code);
    });
  process.stdout.on('error', () => stop('SIGPIPE', 141));
  process.stderr.on('error', () => undefined);
  if (process.env['npm_lifecycle_event']) {
    const parent = process.ppid;
    const look = (): void => void (process.ppid !== parent && stop('the end of npm', EXIT_CODES.SIGTERM));
    setInterval(look, LOOK_MS).unref();
  }
  return { signal: controller.signal, by: () => by };
}
