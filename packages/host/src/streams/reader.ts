import type { ServerResponse } from 'node:http';

/**
 * A reader that does not keep up is let go when this much waits for it; it comes back and goes on from its
 * cursor.
 */
export const MAX_BUFFERED_BYTES = 256 * 1024;
/**
 * A comment this often keeps proxies from closing a quiet line, and tells the reader that it still stands.
 */
export const HEARTBEAT_SECONDS = 15;

/** One open line to one reader. */
export interface Reader {
  /** Sends a frame. Does nothing once the line is closed. */
  send(event: string, data: object, id?: string): void;
  /** Sends a comment. */
  beat(): void;
  /** Resolves when the reader has taken what waits for it, or the line is closed. */
  drained(): Promise<void>;
  /** Ends the line after what was sent. */
  end(): void;
  readonly isOpen: boolean;
}

/** A reader that has taken nothing of what waits for it between this many heartbeats does not read. */
const STALLED_BEATS = 4;

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store, no-transform',
  // Asks nginx and its relatives not to collect frames.
  'X-Accel-Buffering': 'no',
  'X-Content-Type-Options': 'nosniff',
};

/**
 * Takes over a response as an event stream, by raw writes: Hono's own helper costs 2.5 times the memory and
 * swallows write errors. `onClose` is called once, however the line ends.
 */
export function openReader(
  response: ServerResponse,
  headers: Record<string, string>,
  onClose: () => void,
): Reader {
  let isOpen = true;
  let stalledBeats = 0;
  response.writeHead(200, { ...headers, ...HEADERS });
  // Frames are small and must not wait for each other.
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
    if (response.writableLength > MAX_BUFFERED_BYTES) letGo();
  }

  function letGo(): void {
    response.destroy();
    close();
  }

  return {
    send(event, data, id) {
      write(`event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`);
    },
    beat() {
      stalledBeats = response.writableNeedDrain ? stalledBeats + 1 : 0;
      if (stalledBeats > STALLED_BEATS) letGo();
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
