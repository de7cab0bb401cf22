import type { LiveHint, StreamBye, TypingSignal } from '@alur/protocol';
import type { Frame } from '../live/frame-parser.ts';
import { readStream } from '../live/read-stream.ts';
import { isClientError } from '../client-error.ts';
import { retryDelay } from '../retry-policy.ts';
import { pause, type Runtime } from '../runtime.ts';
import { withToken, type GetToken } from './with-token.ts';

/** Who wants to know what changes in the account. */
export interface AccountListener {
  /** The line stands. After the first time, hints may have been missed: list again. */
  onConnected?(isReconnect: boolean): void;
  /** The line is gone; it is taken up again by itself. */
  onLost?(error: unknown): void;
  onHint(hint: LiveHint): void;
  onTyping?(signal: TypingSignal): void;
}

/** Where to listen. */
export interface AccountFeedOptions {
  runtime: Runtime;
  url: string;
  getToken: GetToken;
  /** Ends it as well. */
  signal?: AbortSignal | undefined;
}

/** Follows the account's hints, coming back with jitter when the line breaks, until the answer is called. */
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
  let comeBackMs = 0;

  function onFrame({ event, data }: Frame) {
    if (signal.aborted) return;
    const body: unknown = JSON.parse(data || 'null');
    if (event === 'hello') {
      failures = 0;
      connections += 1;
      listener.onConnected?.(connections > 1);
    } else if (event === 'hint') listener.onHint(body as LiveHint);
    else if (event === 'typing') listener.onTyping?.(body as TypingSignal);
    else if (event === 'bye') comeBackMs = (body as StreamBye).retryMs;
  }
  async function run() {
    while (!signal.aborted) {
      let fault: unknown;
      comeBackMs = 0;
      try {
        await withToken(getToken, (token) => readStream(runtime, { url, token, onFrame, signal }));
      } catch (error) {
        fault = error;
      }
      if (signal.aborted) return;
      // After a planned end the next connection follows at once.
      if (comeBackMs === 0 || fault !== undefined) {
        failures += 1;
        listener.onLost?.(fault);
      }
      const heldMs = (isClientError(fault) && fault.retryAfterMs) || comeBackMs;
      await pause(runtime, heldMs + retryDelay(Math.max(1, failures), runtime.random), signal);
    }
  }
  void run();
  return end;
}
