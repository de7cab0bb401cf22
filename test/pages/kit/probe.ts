/**
 * Runs in every test page before all other scripts, as text: it must not refer to anything outside of itself.
 * Records console messages, violations and clicks, and reads the page for the tests. It stores the built-ins
 * that it needs, because the pages change them later.
 */
export function installProbe(): void {
  const { console, document } = globalThis;
  const { getOwnPropertyNames } = Object;
  const { stringify } = JSON;
  const cookies = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')!.get!.bind(
    document,
  ) as () => string;
  const text = (value: unknown): string => {
    if (value instanceof Error) return `${value.name}: ${value.message}`;
    return typeof value === 'string' ? value : value instanceof Node ? value.nodeName : stringify(value);
  };
  const complaints: Complaints = { errors: [], warnings: [], violations: [] };
  const clicks: Record<string, number> = {};
  let restored: boolean | null = null;
  addEventListener('pageshow', ({ persisted }) => (restored = persisted));
  addEventListener('pagehide', () => (restored = null));
  const { error, warn } = console;
  console.error = (...words: unknown[]) => {
    complaints.errors.push(words.map(text).join(' '));
    error.apply(console, words);
  };
  console.warn = (...words: unknown[]) => {
    complaints.warnings.push(words.map(text).join(' '));
    warn.apply(console, words);
  };
  addEventListener('error', (event) => complaints.errors.push(`uncaught ${event.message}`));
  addEventListener('unhandledrejection', ({ reason }) => complaints.errors.push(`unhandled ${text(reason)}`));
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) => {
    complaints.violations.push(`${effectiveDirective} ${blockedURI} ${sample}`);
  });
  document.addEventListener(
    'click',
    ({ target, isTrusted }) => {
      if (isTrusted && target instanceof Element && target.id)
        clicks[target.id] = (clicks[target.id] ?? 0) + 1;
    },
    true,
  );

  /** Returns all matches under `root`, through all open shadow roots, in document order. */
  function all(selector: string, root: ParentNode = document): Element[] {
    const found: Element[] = [];
    for (const element of root.querySelectorAll('*')) {
      if (element.matches(selector)) found.push(element);
      if (element.shadowRoot) found.push(...all(selector, element.shadowRoot));
    }
    return found;
  }
  function within(widget: number | undefined, selector: string): Element[] {
    return widget === undefined ? all(selector) : all(selector, all('livechat-widget')[widget]!.shadowRoot!);
  }
  function boxOf(element: Element): Box {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x, y, width, height };
  }
  /** Returns the element that a click at a point reaches, through all open shadow roots. */
  function hit(x: number, y: number): Element | null {
    let found = document.elementFromPoint(x, y);
    while (found?.shadowRoot) {
      const inner = found.shadowRoot.elementFromPoint(x, y);
      if (!inner || inner === found) break;
      found = inner;
    }
    return found;
  }

  const probe: Probe = {
    complaints,
    clicks,
    all,
    boxes: (selector, widget) => within(widget, selector).map(boxOf),
    seen: (selector) =>
      all(selector)
        .filter((element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
        .map(boxOf),
    texts: (selector, widget) =>
      within(widget, selector).map((element) => (element.textContent ?? '').trim()),
    hits(selector, x, y) {
      const found = hit(x, y);
      return found !== null && all(selector).some((element) => element === found || element.contains(found));
    },
    coveredBy(selector, step) {
      const points: [number, number][] = [];
      const owners = all(selector);
      for (let y = step / 2; y < innerHeight; y += step) {
        for (let x = step / 2; x < innerWidth; x += step) {
          if (owners.includes(document.elementFromPoint(x, y) as Element)) points.push([x, y]);
        }
      }
      return points;
    },
    async traces() {
      const attributes = (element: Element) =>
        [...element.attributes].map(({ name, value }) => `${element.localName} has ${name}="${value}"`);
      const children = (element: Element) =>
        [...element.children].map((child) => `${element.localName} holds <${child.localName}>`);
      const keys = (name: string, read: () => Storage) => {
        try {
          return getOwnPropertyNames(read()).map((key) => `${name}: ${key}`);
        } catch {
          return [];
        }
      };
      const { documentElement } = document;
      const [head, body] = ['head', 'body'].map((name) => document.querySelector(name)!);
      const databases = await (async () => {
        try {
          return await indexedDB.databases();
        } catch {
          return [];
        }
      })();
      return [
        ...getOwnPropertyNames(globalThis).map((name) => `global ${name}`),
        ...[documentElement, head!, body!].flatMap(attributes),
        ...[documentElement, head!, body!].flatMap(children),
        ...document.adoptedStyleSheets.map(() => 'document adopts a style sheet'),
        ...cookies()
          .split(';')
          .filter(Boolean)
          .map((cookie) => `cookie: ${cookie}`),
        ...keys('localStorage', () => localStorage),
        ...keys('sessionStorage', () => sessionStorage),
        ...databases.map(({ name }) => `database: ${name}`),
      ];
    },
    async still() {
      const roots = [document, ...all('*').flatMap(({ shadowRoot }) => shadowRoot ?? [])];
      // Animations without an end, such as the typing dots, are not waited for.
      const ends = ({ effect }: Animation) => effect?.getComputedTiming().endTime !== Infinity;
      const running = roots.flatMap((root) => root.getAnimations()).filter(ends);
      await Promise.all(running.map(({ finished }) => finished.catch(() => undefined)));
    },
    ask: async (verb, ...args) => {
      const { livechat } = globalThis as unknown as { livechat(...words: unknown[]): unknown };
      return livechat(verb, ...args);
    },
    get restored() {
      return restored;
    },
  };
  Object.defineProperty(globalThis, 'probe', { value: probe, configurable: true });
}

/** A rectangle in CSS pixels of the viewport. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Messages of a page's console and violations of its policies. */
export interface Complaints {
  errors: string[];
  warnings: string[];
  /** Violations of a content security policy or of Trusted Types. */
  violations: string[];
}

/** The object that {@link installProbe} adds to the page. */
export interface Probe {
  complaints: Complaints;
  /** Number of real clicks, by the id of the clicked element. */
  clicks: Record<string, number>;
  all(selector: string, root?: ParentNode): Element[];
  /** Returns the boxes of all matches in the page, or in its `widget`-th widget. */
  boxes(selector: string, widget?: number): Box[];
  /** Returns the boxes of all visible matches. */
  seen(selector: string): Box[];
  texts(selector: string, widget?: number): string[];
  /** Whether a click at a point reaches a match or an element inside it. */
  hits(selector: string, x: number, y: number): boolean;
  /** Returns the points of a grid at which a match would receive a click. */
  coveredBy(selector: string, step: number): [number, number][];
  /** Returns everything that the widget can leave on the page and on the device, one line each. */
  traces(): Promise<string[]>;
  /** Resolves when every animation with an end has finished. */
  still(): Promise<void>;
  /** Calls `livechat(verb, …)`, as any script of the page can. */
  ask(verb: string, ...args: unknown[]): Promise<unknown>;
  /** Whether the page came from the back/forward cache; null before it is shown. */
  readonly restored: boolean | null;
}

declare global {
  var probe: Probe;
}
