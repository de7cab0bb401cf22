const RealDate = globalThis.Date;

/** Moves the page's clock ahead of the real one by `ms`. */
export function moveClock(ms: number): void {
  globalThis.Date = class extends RealDate {
    constructor(...parts: unknown[]) {
      if (parts.length === 0) super(RealDate.now() + ms);
      else super(...(parts as [number]));
    }
    static override now() {
      return RealDate.now() + ms;
    }
  } as DateConstructor;
}

/** Restores the page's clock. */
export function restoreClock(): void {
  globalThis.Date = RealDate;
}
