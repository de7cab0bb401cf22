/** Repeats `check` until it returns a value. Throws an error with `what` after `ms` milliseconds. */
export async function until<T>(
  check: () => T | Promise<T>,
  what: string,
  ms = 20_000,
): Promise<Exclude<T, undefined | null | false>> {
  const end = performance.now() + ms;
  for (;;) {
    const value = await check();
    if (value) return value as Exclude<T, undefined | null | false>;
    if (performance.now() > end) throw new Error(`It took more than ${ms / 1000} s until ${what}.`);
    await rest(10);
  }
}

/** Waits `ms` milliseconds. Only for tests about time itself. */
export function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
