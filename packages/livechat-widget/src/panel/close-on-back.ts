/** See https://developer.mozilla.org/docs/Web/API/CloseWatcher. */
interface CloseWatcher extends EventTarget {
  destroy(): void;
}
type CloseWatcherClass = new () => CloseWatcher;

/** Watcher of the back gesture. */
export interface BackWatcher {
  set(isWatching: boolean): void;
}

/**
 * Calls `close` on a phone's back gesture or button instead of leaving the site, after `set(true)`. Browsers
 * without `CloseWatcher` go back: an entry in the history would change the site's own navigation.
 */
export function closeOnBack(close: () => void, signal: AbortSignal): BackWatcher {
  const { CloseWatcher } = globalThis as { CloseWatcher?: CloseWatcherClass };
  let watcher: CloseWatcher | null = null;
  const set = (isWatching: boolean) => {
    watcher?.destroy();
    watcher = isWatching && CloseWatcher ? new CloseWatcher() : null;
    watcher?.addEventListener('close', close);
  };
  signal.addEventListener('abort', () => set(false));
  return { set };
}
