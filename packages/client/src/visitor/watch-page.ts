/** Handlers for changes of the page. */
export interface PageEvents {
  /**
   * The page became visible, or the network state changed. `forceReconnect`: an existing connection may be
   * broken, whatever its state is.
   */
  retryNow(forceReconnect: unknown): void;
  /** The page is being hidden or frozen. It may come back from the back/forward cache. */
  suspend(): void;
  /** The page is shown or resumed, or shown for the first time. */
  resume(): void;
}

/** Time after which a page that was not visible may have been frozen and may have old data. */
const AWAY_MS = 30_000;

/** Subscribes to page events, where there is a page. Returns an unsubscribe function. */
export function watchPage({ retryNow, suspend, resume }: PageEvents): () => void {
  const life = new AbortController();
  if (typeof addEventListener === 'function') {
    const { signal } = life;
    let hiddenAt = 0;
    addEventListener('online', retryNow, { signal });
    addEventListener('offline', retryNow, { signal });
    addEventListener('pageshow', resume, { signal });
    addEventListener('pagehide', suspend, { signal });
    // A frozen page may still answer other tabs while its stream is suspended. It must not keep the lead.
    // https://developer.chrome.com/docs/web-platform/page-lifecycle-api
    globalThis.document?.addEventListener('freeze', suspend, { signal });
    globalThis.document?.addEventListener('resume', resume, { signal });
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
