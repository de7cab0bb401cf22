let isWarm = false;

/**
 * Resolves in a new task, so that the browser can handle input first. After the first panel of a page it
 * resolves immediately: later panels are fast, and may have to be visible at once.
 */
export function nextTask(): Promise<void> {
  return isWarm ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve));
}

/** Records that a panel was created. */
export function noteWarm(): void {
  isWarm = true;
}
