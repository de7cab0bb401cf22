/**
 * Runs `action` once after `ms` milliseconds, unless the process ends first. Returns a function that cancels
 * it.
 */
export type After = (ms: number, action: () => void) => () => void;

/** `After` on the timers of this process. */
export const onTimer: After = (ms, action) => {
  const timer = setTimeout(action, ms).unref();
  return () => clearTimeout(timer);
};
