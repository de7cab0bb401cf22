/** Waits for `work`, but not longer than `ms` milliseconds. A failure of `work` counts as done. */
export async function within(ms: number, work: Promise<unknown> | undefined): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((done) => (timer = setTimeout(done, ms)));
  try {
    await Promise.race([work, patience]);
  } catch {
    // The caller only needs to know that it is over.
  } finally {
    clearTimeout(timer);
  }
}
