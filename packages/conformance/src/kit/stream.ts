import { show, Unmet } from './expect.ts';
import type { Host, Request } from './host.ts';

/** One frame of a stream of server-sent events. A comment has the event `:`. */
export interface Frame {
  event: string;
  id: string | null;
  data: string;
  /** The parsed data; undefined when it is not JSON. */
  body: unknown;
}

/** An open stream. Received frames are kept. Close it after use. */
export interface Stream {
  status: number;
  headers: Headers;
  frames: Frame[];
  /**
   * Resolves with the first matching frame, received already or later. Rejects with the received frames after
   * `ms` milliseconds (default 5,000).
   */
  until(fits: (frame: Frame) => boolean, what: string, ms?: number): Promise<Frame>;
  close(): void;
}

export async function openStream(host: Host, path: string, request: Request): Promise<Stream> {
  const controller = new AbortController();
  const headers = { accept: 'text/event-stream', ...request.headers };
  const response = await host.openStream(path, { ...request, headers, signal: controller.signal });
  const frames: Frame[] = [];
  const waiting = new Set<() => void>();
  const read = async (): Promise<void> => {
    if (!response.body || !(response.headers.get('content-type') ?? '').startsWith('text/event-stream'))
      return;
    let rest = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      rest += decoder.decode(chunk, { stream: true });
      const parts = rest.split(/\r\n\r\n|\n\n|\r\r/);
      rest = parts.pop()!;
      for (const part of parts) frames.push(...readFrame(part));
      for (const wake of waiting) wake();
    }
  };
  read().catch(() => undefined);

  return {
    status: response.status,
    headers: response.headers,
    frames,
    async until(fits, what, ms = 5000) {
      const deadline = Date.now() + ms;
      for (;;) {
        const found = frames.find(fits);
        if (found) return found;
        const left = deadline - Date.now();
        if (left <= 0)
          throw new Unmet(
            `${what} within ${ms} ms`,
            `frames ${show(frames.map(({ event, data }) => `${event} ${data}`))}`,
          );
        const waited = new AbortController();
        await Promise.race([
          host.pause(left, waited.signal),
          new Promise<void>((resolve) => waiting.add(resolve)),
        ]).finally(() => waited.abort());
        waiting.clear();
      }
    },
    close: () => controller.abort(),
  };
}

function readFrame(text: string): Frame[] {
  const frame: Frame = { event: 'message', id: null, data: '', body: undefined };
  const data: string[] = [];
  let comment = false;
  for (const line of text.split(/\r\n|\n|\r/)) {
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (colon === 0) comment = true;
    else if (field === 'event') frame.event = value;
    else if (field === 'id') frame.id = value;
    else if (field === 'data') data.push(value);
  }
  if (data.length === 0 && frame.event === 'message') return comment ? [{ ...frame, event: ':' }] : [];
  frame.data = data.join('\n');
  try {
    frame.body = JSON.parse(frame.data) as unknown;
  } catch {
    frame.body = undefined;
  }
  return [frame];
}
