import { getResponse, type RequestHandler } from 'msw';

/** Stands between the page and the network. */
export interface PageNetwork {
  /** Handlers that are asked before those that are there. */
  use(...handlers: RequestHandler[]): void;
  start(): void;
  stop(): void;
}

/**
 * msw's handlers in the page itself. Its service worker cannot pass a stream on in WebKit, and does not get
 * to see a call with `keepalive` in Firefox; what is tested here is the same in every engine.
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

/** `body`, which breaks off when `signal` aborts. */
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
