/**
 * A browser engine, driven the same way whichever it is: `chromium` through Playwright, `firefox` through
 * WebDriver BiDi, `webkit` through WebDriver. Only what all three can do honestly is here: a real mouse, a
 * real keyboard, and JavaScript in the page.
 *
 * @module
 */
export type EngineName = 'chromium' | 'firefox' | 'webkit';

/** What can travel into a page and back. */
export type Plain =
  | undefined
  | null
  | boolean
  | number
  | string
  | readonly Plain[]
  | { [key: string]: Plain };

export interface Engine {
  readonly name: EngineName;
  readonly version: string;
  /** A person at a browser of their own: nothing is stored in it, nothing is shared with the others. */
  visitor(options?: VisitorOptions): Promise<EngineVisitor>;
  close(): Promise<void>;
}

export interface VisitorOptions {
  /** An HTTP proxy, `host:port`, that names other than localhost are asked through. */
  proxy?: string;
}

/** One person's browser. Its pages share what they store. */
export interface EngineVisitor {
  /** Opens a tab, empty, and brings it to the front. */
  page(): Promise<EnginePage>;
  close(): Promise<void>;
}

export interface EnginePage {
  /** Goes there, and waits until the page has loaded. */
  goto(url: string): Promise<void>;
  /** Goes back in the history. Does not wait: what comes back may not load anything. */
  back(): Promise<void>;
  /**
   * Runs `body` in the page, or in its `frame`-th frame in the order of the document. `body` sees nothing
   * from outside but `arg`. Rejects with what it throws.
   */
  evaluate<Result>(body: () => Result | Promise<Result>): Promise<Result>;
  evaluate<Arg extends Plain, Result>(
    body: (arg: Arg) => Result | Promise<Result>,
    arg: Arg,
    frame?: number,
  ): Promise<Result>;
  /** Moves the mouse there, in CSS pixels of the viewport of the page or of its `frame`-th frame. */
  move(x: number, y: number, frame?: number): Promise<void>;
  /** Moves the mouse there and clicks. */
  click(x: number, y: number, frame?: number): Promise<void>;
  /** Types on the keyboard, into whatever has the focus. */
  type(text: string, frame?: number): Promise<void>;
  /** Presses one key. */
  press(key: 'Enter' | 'Escape' | 'Tab', frame?: number): Promise<void>;
  /** What the page still holds once its garbage was collected. Only where the engine tells. */
  held?(): Promise<Held>;
  /** Emulates the forced colors of the system (high contrast). Only where the engine can. */
  setForcedColors?(isActive: boolean): Promise<void>;
  /** A PNG of what is seen. */
  screenshot(): Promise<Buffer>;
  close(): Promise<void>;
}

/** What a page holds, whether anything in it is seen or not. */
export interface Held {
  listeners: number;
  nodes: number;
  /** Of the JavaScript heap. */
  bytes: number;
}

/** The size of every page, in CSS pixels. */
export const VIEWPORT = { width: 1280, height: 800 };

/** Where the viewport of the `frame`-th frame begins in that of the page; for drivers to run in the page. */
export function beginOfFrame(frame: number): { x: number; y: number } {
  const element = document.querySelectorAll('iframe')[frame]!;
  const { x, y } = element.getBoundingClientRect();
  return { x: x + element.clientLeft, y: y + element.clientTop };
}

/**
 * The source of a function body that runs `body` with `arg` and answers with JSON text, whatever the page did
 * to JSON: a result is only ever text on its way, so that no driver's own code has to survive the page.
 */
export function scriptOf(body: (...args: never[]) => unknown, arg: Plain): string {
  const given = arg === undefined ? '' : JSON.stringify(arg);
  return `return (async () => {
    const value = await (${body.toString()})(${given});
    return value === undefined ? '' : JSON.stringify({ value }, function (key) { return this[key]; });
  })()`;
}

/** The result of a script by {@link scriptOf}. */
export function resultOf<Result>(text: unknown): Result {
  return (text ? (JSON.parse(String(text)) as { value: Result }).value : undefined) as Result;
}
