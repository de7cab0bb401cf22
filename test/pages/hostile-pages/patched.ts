import type { HostilePage } from '../kit/hostile-page.ts';

/** Patches the page like monitoring tools, before the widget loads and after. */
function patch(): void {
  const { fetch } = globalThis;
  const seen: string[] = [];
  Object.defineProperty(globalThis, 'seenByTools', { value: seen });
  globalThis.fetch = async function (...args: Parameters<typeof globalThis.fetch>) {
    // Called without `this`, as by most tools, and it reads every response as well.
    const response = await fetch.apply(undefined as never, args);
    seen.push(response.url);
    void response
      .clone()
      .text()
      .catch(() => undefined);
    return response;
  };
  const { setTimeout, addEventListener } = globalThis;
  globalThis.setTimeout = ((action: () => void, ...rest: number[]) =>
    setTimeout(() => action(), ...rest)) as never;
  EventTarget.prototype.addEventListener = function (this: EventTarget, ...args: never[]) {
    return (addEventListener as (...args: never[]) => void).apply(this, args);
  };
  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function (init) {
    return attachShadow.call(this, { ...init, mode: 'open' });
  };
  const { define } = customElements;
  customElements.define = (name, constructor, options) =>
    define.call(customElements, name, constructor, options);
  Date.now = () => 0;
}

function freeze(): void {
  for (const kind of [Object, Array, Function, Promise, Map, Set, Error, Element, HTMLElement, Event, Node]) {
    Object.freeze(kind.prototype);
    Object.freeze(kind);
  }
  for (const value of [JSON, Math, Reflect, console, customElements]) Object.freeze(value);
}

function pollute(): void {
  const names = [
    'extend',
    'each',
    'clone',
    'contains',
    'has',
    'find',
    'last',
    'text',
    'label',
    'title',
    'identity',
    'who',
    'locks',
    'storage',
    'listen',
    'panel',
    'config',
    'code',
    'contact',
    'greeting',
    'language',
  ];
  for (const name of names) {
    // Enumerable, as in old libraries: a loop with `in` finds them.
    (Object.prototype as Record<string, unknown>)[name] = () => 'polluted';
  }
  (Array.prototype as unknown as Record<string, unknown>)['remove'] = () => [];
  (Array.prototype as unknown as Record<string, unknown>)['-1'] = 'polluted';
}

const script = (body: () => void): string => `<script>(${body.toString()})()</script>`;

/** Functions replaced, prototypes frozen, prototypes added to. */
export const patched: HostilePage = {
  name: 'patched',
  about: 'patched fetch, timers and elements; frozen prototypes; prototypes full of other things',
  serve: () => ({
    '/': { head: script(patch) },
    '/frozen': { head: script(freeze) },
    '/polluted': { head: script(pollute) },
  }),
  async run(visit) {
    await visit.wholeJob();
    for (const name of ['frozen', 'polluted']) {
      await visit.goto(`/${name}`);
      await visit.isOpen();
      await visit.launcherIsThere();
      await visit.say(`A word on a ${name} page`);
      await visit.isHeard(`A word on a ${name} page`);
      await visit.isQuiet();
    }
  },
};
