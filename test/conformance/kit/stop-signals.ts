/** What the shell is told about a process that a signal ended: 128 and the signal's number. */
const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** `npm` and `timeout` pass a signal on to a process that got it already: within this time, two are one. */
const ECHO_MS = 500;

/** How often a kit that npm started looks whether it is still there. */
const LOOK_MS = 250;

/** What ends a run from outside. */
export interface Stop {
  signal: AbortSignal;
  /** The signal that came and the exit code for it; null while there was none. */
  by(): { name: string; code: number } | null;
}

/**
 * Listens for the signals that ask a process to end. The first stops the run, the second ends the process at
 * once. A report that nobody reads any more (`| head`) stops the run like SIGPIPE. A SIGTERM that npm gets
 * ends the shell between npm and the kit and goes no further: under npm and npx the kit sees by its parent
 * that it is alone.
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
