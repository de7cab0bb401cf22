/** Channel to this browser's other tabs with the same inbox. Messages must be cloneable. */
export interface TabChannel<Message> {
  post(message: Message): void;
  close(): void;
}

/**
 * Opens the channel `name`. Where BroadcastChannel is missing or refused, `post` does nothing. The channel is
 * closed while the page is in the back/forward cache, because a message to a cached page makes the browser
 * discard it
 * (https://developer.mozilla.org/docs/Web/API/Performance_API/Monitoring_bfcache_blocking_reasons).
 */
export function openTabChannel<Message>(
  name: string,
  onMessage: (message: Message) => void,
): TabChannel<Message> {
  const life = new AbortController();
  const { signal } = life;
  const open = (): BroadcastChannel | undefined => {
    try {
      return new BroadcastChannel(name);
    } catch {
      return undefined;
    }
  };
  let channel: BroadcastChannel | undefined;
  function receive(): void {
    if (channel) return;
    channel = open();
    channel?.addEventListener('message', (event: MessageEvent<Message>) => onMessage(event.data));
  }
  function stop(): void {
    channel?.close();
    channel = undefined;
  }
  receive();
  if (typeof addEventListener === 'function') {
    addEventListener('pagehide', stop, { signal });
    addEventListener('pageshow', receive, { signal });
  }
  return {
    post(message) {
      if (signal.aborted) return;
      // A page that is being closed can still post to other tabs.
      const sender = channel ?? open();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel takes none
      sender?.postMessage(message);
      if (sender !== channel) sender?.close();
    },
    close() {
      life.abort();
      stop();
    },
  };
}
