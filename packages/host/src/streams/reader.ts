import type { ServerResponse } from 'node:http';

/**
 * Maximum number of bytes that wait for a reader. A slower reader is disconnected. It reconnects and
 * continues at its cursor.
 */
export const MAX_BUFFERED_BYTES = 256 * 1024;
/**
 * Interval of heartbeat comments. They keep proxies from closing an idle connection, and show the reader that
 * the connection works.
 */
export const HEARTBEAT_SECONDS = 15;

/** Open event stream to one reader. */
export interface Reader {
  /** Sends a frame. Does nothing after the stream is closed. */
  send(event: string, data: object, id?: string): void;
  /** Sends a heartbeat comment. */
  beat(): void;
  /** Resolves when the reader has received all waiting data, or the stream is closed. */
  drained(): Promise<void>;
  /** Ends the stream after the data that was sent before. */
  end(): void;
  readonly isOpen: boolean;
}

/** Maximum number of consecutive heartbeats with a full buffer. After more, the reader is disconnected. */
const MAX_STALLED_BEATS = 4;

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store, no-transform',
  // Disables response buffering in nginx and compatible proxies.
  'X-Accel-Buffering': 'no',
  'X-Content-Type-Options': 'nosniff',
};

/**
 * Turns a response into an event stream by raw writes. Hono's helper needs 2.5 times the memory and swallows
 * write errors. `onClose` is called once, for every way in which the stream can end.
 */
export function openReader(
  response: ServerResponse,
  headers: Record<string, string>,
  onClose: () => void,
): Reader {
  let isOpen = true;
  let stalledBeats = 0;
  response.writeHead(200, { ...headers, ...HEADERS });
  // Send each small frame without the delay of Nagle's algorithm.
  response.socket?.setNoDelay(true);
  response.once('close', close);
  response.on('error', close);

  function close(): void {
    if (!isOpen) return;
    isOpen = false;
    onClose();
  }

  function write(text: string): void {
    if (!isOpen) return;
    response.write(text);
    if (response.writableLength > MAX_BUFFERED_BYTES) disconnect();
  }

  function disconnect(): void {
    response.destroy();
    close();
  }

  return {
    send(event, data, id) {
      write(`event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`);
    },
    beat() {
      stalledBeats = response.writableNeedDrain ? stalledBeats + 1 : 0;
      if (stalledBeats > MAX_STALLED_BEATS) disconnect();
      else write(':\n\n');
    },
    async drained() {
      if (!isOpen || !response.writableNeedDrain) return;
      await new Promise<void>((resolve) => {
        response.once('drain', resolve);
        response.once('close', resolve);
      });
    },
    end() {
      if (!isOpen) return;
      response.end();
      close();
    },
    get isOpen() {
      return isOpen;
    },
  };
}
