/**
 * A common interface of the browser engines: `chromium` through Playwright, `firefox` through WebDriver BiDi,
 * `webkit` through WebDriver. It has only what all three support without emulation: a real mouse, a real
 * keyboard, and JavaScript in the page.
 *
 * @module
 */
export type EngineName = 'chromium' | 'firefox' | 'webkit';

/** Values that can be passed into a page and back. */
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
  /** Opens a browser without stored data that shares nothing with the others. */
  visitor(options?: VisitorOptions): Promise<EngineVisitor>;
  close(): Promise<void>;
}

export interface VisitorOptions {
  /** An HTTP proxy, `host:port`, for names other than localhost. */
  proxy?: string;
}

/** One visitor's browser. Its pages share their storage. */
export interface EngineVisitor {
  /** Opens an empty tab in front. */
  page(): Promise<EnginePage>;
  close(): Promise<void>;
}

export interface EnginePage {
  /** Navigates to a URL, and waits until the page has loaded. */
  goto(url: string): Promise<void>;
  /** Goes back in the history. Does not wait, because a cached page does not load. */
  back(): Promise<void>;
  /**
   * Runs `body` in the page, or in its `frame`-th frame in document order. `body` can use only `arg` from
   * outside. Rejects with the error that it throws.
   */
  evaluate<Result>(body: () => Result | Promise<Result>): Promise<Result>;
  evaluate<Arg extends Plain, Result>(
    body: (arg: Arg) => Result | Promise<Result>,
    arg: Arg,
    frame?: number,
  ): Promise<Result>;
  /** Moves the mouse to a point, in CSS pixels of the viewport of the page or of its `frame`-th frame. */
  move(x: number, y: number, frame?: number): Promise<void>;
  /** Moves the mouse to a point and clicks. */
  click(x: number, y: number, frame?: number): Promise<void>;
  /** Types into the focused element. */
  type(text: string, frame?: number): Promise<void>;
  /** Presses one key. */
  press(key: 'Enter' | 'Escape' | 'Tab', frame?: number): Promise<void>;
  /** Returns the resources of the page after garbage collection. Only in engines that report them. */
  held?(): Promise<Held>;
  /** Emulates the forced colors of the system (high contrast). Only in engines that support it. */
  setForcedColors?(isActive: boolean): Promise<void>;
  /** Returns a PNG of the viewport. */
  screenshot(): Promise<Buffer>;
  close(): Promise<void>;
}

/** Resources of a page, visible or not. */
export interface Held {
  listeners: number;
  nodes: number;
  /** Size of the JavaScript heap. */
  bytes: number;
}

/** The size of every page, in CSS pixels. */
export const VIEWPORT = { width: 1280, height: 800 };

/**
 * Returns the position of the `frame`-th frame's viewport in that of the page. Drivers run it in the page.
 */
export function beginOfFrame(frame: number): { x: number; y: number } {
  const element = document.querySelectorAll('iframe')[frame]!;
  const { x, y } = element.getBoundingClientRect();
  return { x: x + element.clientLeft, y: y + element.clientTop };
}

/**
 * Returns the source of a function body that runs `body` with `arg` and returns JSON text. A page can change
 * JSON, so results are transferred as text, and no driver code depends on the page.
 */
export function scriptOf(body: (...args: never[]) => unknown, arg: Plain): string {
  const given = arg === undefined ? '' : JSON.stringify(arg);
  return `return (async () => {
    const value = await (${body.toString()})(${given});
    return value === undefined ? '' : JSON.stringify({ value }, function (key) { return this[key]; });
  })()`;
}

/** Returns the result of a script by {@link scriptOf}. */
export function resultOf<Result>(text: unknown): Result {
  return (text ? (JSON.parse(String(text)) as { value: Result }).value : undefined) as Result;
}
