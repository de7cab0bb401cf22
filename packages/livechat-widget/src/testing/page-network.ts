import { getResponse, type RequestHandler } from 'msw';

/** Network mock in the page. */
export interface PageNetwork {
  /** Adds handlers with priority over the existing ones. */
  use(...handlers: RequestHandler[]): void;
  start(): void;
  stop(): void;
}

/**
 * Creates a network mock that runs msw's handlers in the page. msw's service worker cannot forward a stream
 * in WebKit and does not see `keepalive` requests in Firefox. This way every engine runs the same tests.
 */
export function createPageNetwork(): PageNetwork {
  const { fetch } = globalThis;
  let known: RequestHandler[] = [];

  async function answer(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const request = new Request(input, init);
    const { signal } = request;
    const response = await getResponse(known, request.clone());
    signal.throwIfAborted();
    if (!response) return fetch(request);
    if (response.type === 'error') throw new TypeError('Failed to fetch');
    return new Response(response.body && untilAborted(response.body, signal), response);
  }
  return {
    use: (...handlers) => void (known = [...handlers, ...known]),
    start: () => void (globalThis.fetch = answer),
    stop: () => void (globalThis.fetch = fetch),
  };
}

/** Returns a copy of `body` that fails when `signal` aborts. */
function untilAborted(body: ReadableStream<Uint8Array>, signal: AbortSignal): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream({
    start(controller) {
      signal.addEventListener('abort', () => {
        controller.error(signal.reason);
        void reader.cancel(signal.reason);
      });
    },
    async pull(controller) {
      const { done, value } = await reader.read();
      if (signal.aborted) return;
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
