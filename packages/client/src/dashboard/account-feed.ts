import type { LiveHint, StreamBye, TypingSignal } from '@alur/protocol';
import type { Frame } from '../live/frame-parser.ts';
import { readStream } from '../live/read-stream.ts';
import { isClientError } from '../client-error.ts';
import { retryDelay } from '../retry-policy.ts';
import { pause, type Runtime } from '../runtime.ts';
import { withToken, type GetToken } from './with-token.ts';

/** Listener for changes in the account. */
export interface AccountListener {
  /** The stream is open. After a reconnect, hints may be missing: list again. */
  onConnected?(isReconnect: boolean): void;
  /** The stream ended. It reconnects automatically. */
  onLost?(error: unknown): void;
  onHint(hint: LiveHint): void;
  onTyping?(signal: TypingSignal): void;
}

/** Options of the account feed. */
export interface AccountFeedOptions {
  runtime: Runtime;
  url: string;
  getToken: GetToken;
  /** Ends the feed too. */
  signal?: AbortSignal | undefined;
}

/** Subscribes to the account's hints and reconnects with jitter. Returns an unsubscribe function. */
export function listenToAccount(
  { runtime, url, getToken, signal: given }: AccountFeedOptions,
  listener: AccountListener,
): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const end = () => {
    given?.removeEventListener('abort', end);
    stop.abort();
  };
  given?.addEventListener('abort', end);
  if (given?.aborted) end();
  let connections = 0;
  let failures = 0;
  let returnDelayMs = 0;

  function onFrame({ event, data }: Frame) {
    if (signal.aborted) return;
    const body: unknown = JSON.parse(data || 'null');
    if (event === 'hello') {
      failures = 0;
      connections += 1;
      listener.onConnected?.(connections > 1);
    } else if (event === 'hint') listener.onHint(body as LiveHint);
    else if (event === 'typing') listener.onTyping?.(body as TypingSignal);
    else if (event === 'bye') returnDelayMs = (body as StreamBye).retryMs;
  }
  async function run() {
    while (!signal.aborted) {
      let fault: unknown;
      returnDelayMs = 0;
      try {
        await withToken(getToken, (token) => readStream(runtime, { url, token, onFrame, signal }));
      } catch (error) {
        fault = error;
      }
      if (signal.aborted) return;
      // After a planned end, the next connection starts immediately.
      if (returnDelayMs === 0 || fault !== undefined) {
        failures += 1;
        listener.onLost?.(fault);
      }
      const heldMs = (isClientError(fault) && fault.retryAfterMs) || returnDelayMs;
      await pause(runtime, heldMs + retryDelay(Math.max(1, failures), runtime.random), signal);
    }
  }
  void run();
  return end;
}
