const RealDate = globalThis.Date;

/** Makes the page's clock go ahead of the real one by `ms`. */
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

/** Gives the page its own clock back. */
export function restoreClock(): void {
  globalThis.Date = RealDate;
}
