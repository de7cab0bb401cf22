/** See https://developer.mozilla.org/docs/Web/API/CloseWatcher. */
interface CloseWatcher extends EventTarget {
  destroy(): void;
}
type CloseWatcherClass = new () => CloseWatcher;

/**
 * Calls `close` on a phone's back gesture or button instead of leaving the site, after `set(true)`. Browsers
 * without `CloseWatcher` go back: an entry in the history would change the site's own navigation.
 */
export function closeOnBack(close: () => void, signal: AbortSignal): { set(isWatching: boolean): void } {
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
