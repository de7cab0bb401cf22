/** Waits for `work`, but at most `ms` milliseconds. A rejection of `work` counts as done. */
export async function within(ms: number, work: Promise<unknown> | undefined): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((done) => (timer = setTimeout(done, ms)));
  try {
    await Promise.race([work, timeout]);
  } catch {
    // The caller only needs to know that the work has ended.
  } finally {
    clearTimeout(timer);
  }
}
