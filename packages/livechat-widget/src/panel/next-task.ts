let isWarm = false;

/**
 * Resolves in a task of its own, so that the browser can see to the visitor and the page first. Once a panel
 * was made on this page the next one takes no time worth spreading, and may be one that comes back in full
 * view: then it resolves at once.
 */
export function nextTask(): Promise<void> {
  return isWarm ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve));
}

/** Notes that a panel has been made. */
export function noteWarm(): void {
  isWarm = true;
}
