/** Helpers for the browser tests of this package. Not part of the package. Import it first. */
import 'axe-core';
import type { AxeResults } from 'axe-core';

declare global {
  // Globals of the browser test runner.
  function describe(name: string, body: () => void): void;
  function it(name: string, body: () => void | Promise<void>): void;
  function before(body: () => void | Promise<void>): void;
  function after(body: () => void | Promise<void>): void;
  function afterEach(body: () => void | Promise<void>): void;
}
declare const axe: { run(context: Element, options?: object): Promise<AxeResults> };

/** Throws if the values differ as JSON. The error contains both. */
export function equal(actual: unknown, expected: unknown, about = ''): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${about ? `${about}: ` : ''}expected ${b}, got ${a}`);
}

/** Throws if a value is not truthy. */
export function ok(value: unknown, about = 'expected something true'): asserts value {
  if (!value) throw new Error(about);
}

/** Waits until `find` returns a truthy value and returns it. Throws after five seconds. */
export async function until<T>(find: () => T | Promise<T>, about: string): Promise<NonNullable<T>> {
  const end = performance.now() + 5_000;
  for (;;) {
    const found = await find();
    if (found) return found as NonNullable<T>;
    if (performance.now() > end) throw new Error(`${about} (waited 5 s)`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Throws the list of axe violations in an element, after all animations have finished. */
export async function audit(element: Element): Promise<void> {
  const roots = [document, ...deepAll(document, '*').flatMap(({ shadowRoot }) => shadowRoot ?? [])];
  const running = roots.flatMap((root) => root.getAnimations());
  await Promise.all(running.map(({ finished }) => finished.catch(() => {})));
  const { violations } = await axe.run(element, { resultTypes: ['violations'] });
  equal(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`),
    [],
  );
}

/** Returns all matches in `root` and its open shadow roots. */
export function deepAll<E extends Element = HTMLElement>(root: ParentNode, selector: string): E[] {
  const found = [...root.querySelectorAll<E>(selector)];
  for (const element of root.querySelectorAll('*')) {
    if (element.shadowRoot) found.push(...deepAll<E>(element.shadowRoot, selector));
  }
  return found;
}

/** Returns the focused element, inside any shadow roots. */
export function focused(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}
