/** Prevents a user from leaving a page with unsaved work. */
export interface LeaveGuard {
  /** Whether leaving now would lose work. */
  isNeeded(): boolean;
  /** Asks the user. Resolves with `false` to stay. */
  ask(): Promise<boolean>;
}

interface HistoryState {
  /** Number of earlier pages of this visit. Distinguishes back from forward. */
  index: number;
}

/**
 * Paths and the history. Links are ordinary `<a href>`. Clicks on those below `base` are handled here. Links
 * can be opened in a new tab, copied and used by keyboard.
 */
export class Router {
  #base: string;
  #onChange: (path: string) => void;
  #guard: LeaveGuard | null;
  #index = 0;
  /** A history step that this router itself makes, and its purpose. */
  #ownStep: 'return' | 'leave' | null = null;

  constructor(base: string, onChange: (path: string) => void, guard: LeaveGuard | null = null) {
    this.#base = base;
    this.#onChange = onChange;
    this.#guard = guard;
  }

  /** The path shown now. */
  get path(): string {
    return location.pathname;
  }

  /** Starts listening, and shows the path with which the page was opened. */
  start(): void {
    this.#index = (history.state as HistoryState | null)?.index ?? 0;
    history.replaceState({ index: this.#index } satisfies HistoryState, '');
    document.addEventListener('click', this.#handleClick);
    addEventListener('popstate', this.#handlePopState);
    addEventListener('beforeunload', this.#handleBeforeUnload);
    this.#onChange(this.path);
  }

  /** Shows another path, unless the guard refuses. */
  async navigate(path: string, options: { replace?: boolean } = {}): Promise<void> {
    if (path === this.path || !(await this.#mayLeave())) return;
    if (options.replace) history.replaceState({ index: this.#index } satisfies HistoryState, '', path);
    else history.pushState({ index: (this.#index += 1) } satisfies HistoryState, '', path);
    this.#onChange(path);
  }

  async #mayLeave(): Promise<boolean> {
    return !this.#guard?.isNeeded() || this.#guard.ask();
  }

  #handleClick = (event: MouseEvent): void => {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    ) {
      return;
    }
    const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement);
    if (!link || link.target || link.download || link.origin !== location.origin) return;
    if (!link.pathname.startsWith(this.#base)) return;
    event.preventDefault();
    void this.navigate(link.pathname);
  };

  /**
   * The browser has already moved. With unsaved work, the router moves back by as many pages and asks there.
   */
  #handlePopState = async (): Promise<void> => {
    const index = (history.state as HistoryState | null)?.index ?? 0;
    const step = this.#ownStep;
    this.#ownStep = null;
    if (step === 'return') return;
    const distance = index - this.#index;
    if (step !== 'leave' && distance !== 0 && this.#guard?.isNeeded()) {
      this.#ownStep = 'return';
      history.go(-distance);
      if (!(await this.#guard.ask())) return;
      this.#ownStep = 'leave';
      history.go(distance);
      return;
    }
    this.#index = index;
    this.#onChange(this.path);
  };

  #handleBeforeUnload = (event: BeforeUnloadEvent): void => {
    if (this.#guard?.isNeeded()) event.preventDefault();
  };
}
