/** What a client does about the page it lives in. */
export interface PageEvents {
  /** Somebody looks again, or the network is back. */
  hasten(): void;
  /** The device has lost its network: a line that it had is dead, whatever it says. */
  lose(): void;
  /** The page is left; it may be kept for the way back. */
  leave(): void;
  /** It is there again, or for the first time. */
  comeBack(): void;
}

/** Follows the page, where there is one, until the answer is called. */
export function watchPage({ hasten, lose, leave, comeBack }: PageEvents): () => void {
  const life = new AbortController();
  if (typeof addEventListener === 'function') {
    const { signal } = life;
    addEventListener('online', hasten, { signal });
    addEventListener('offline', lose, { signal });
    addEventListener('pageshow', comeBack, { signal });
    addEventListener('pagehide', leave, { signal });
    globalThis.document?.addEventListener(
      'visibilitychange',
      () => document.visibilityState === 'visible' && hasten(),
      { signal },
    );
  }
  return () => life.abort();
}
