/** What a client does about the page it lives in. */
export interface PageEvents {
  /**
   * Somebody looks again, or the network has come or gone. `anew`: a line that it had may be dead, whatever
   * it says.
   */
  retryNow(anew: unknown): void;
  /** The page is left or frozen. It may be kept for the way back. */
  leave(): void;
  /** It is shown again, runs again, or is shown for the first time. */
  comeBack(): void;
}

/** A page that nobody looked at for so long may have been frozen, and what it heard last be old. */
const AWAY_MS = 30_000;

/** Follows the page, where there is one, until the answer is called. */
export function watchPage({ retryNow, leave, comeBack }: PageEvents): () => void {
  const life = new AbortController();
  if (typeof addEventListener === 'function') {
    const { signal } = life;
    let hiddenAt = 0;
    addEventListener('online', retryNow, { signal });
    addEventListener('offline', retryNow, { signal });
    addEventListener('pageshow', comeBack, { signal });
    addEventListener('pagehide', leave, { signal });
    // A frozen page may still answer other tabs while its stream stands still: it must not keep the lead.
    // https://developer.chrome.com/docs/web-platform/page-lifecycle-api
    globalThis.document?.addEventListener('freeze', leave, { signal });
    globalThis.document?.addEventListener('resume', comeBack, { signal });
    globalThis.document?.addEventListener(
      'visibilitychange',
      () => {
        if (document.visibilityState === 'visible') retryNow(Date.now() - hiddenAt > AWAY_MS);
        else hiddenAt = Date.now();
      },
      { signal },
    );
  }
  return () => life.abort();
}
