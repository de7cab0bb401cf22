/** Checks again and again until `check` gives something; fails, saying `what`, after `ms`. */
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

/** Lets time pass: only for what is about time itself. */
export function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
