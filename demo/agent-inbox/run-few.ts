/** Returns a function that runs tasks, at most `atOnce` of them at the same time, the others in order. */
export function createFewRunner(atOnce: number): <Result>(task: () => Promise<Result>) => Promise<Result> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    if (running < atOnce) running += 1;
    else await new Promise<void>((start) => waiting.push(start));
    try {
      return await task();
    } finally {
      // The free place goes to the next task directly.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
