/** Helpers for the browser tests of this package. Not part of the package. */

declare global {
  // Globals of the browser test runner.
  function describe(name: string, body: () => void): void;
  function it(name: string, body: () => void | Promise<void>): void;
  function beforeEach(body: () => void | Promise<void>): void;
  function afterEach(body: () => void | Promise<void>): void;
}

/** Throws if the values differ as JSON. The error contains both. */
export function equal(actual: unknown, expected: unknown, about = ''): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${about ? `${about}: ` : ''}expected ${b}, got ${a}`);
}

/** Waits until `find` returns a truthy value. Throws after five seconds. */
export async function until(find: () => unknown, about = 'this never happened'): Promise<void> {
  const end = performance.now() + 5_000;
  while (!(await find())) {
    if (performance.now() > end) throw new Error(about);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Returns the names of this origin's databases. */
export async function databaseNames(): Promise<string[]> {
  return (await indexedDB.databases()).map(({ name }) => name!);
}
