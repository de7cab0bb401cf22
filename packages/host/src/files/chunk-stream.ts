import type { After } from '../timers.ts';

export interface ChunkStreamOptions {
  /** Reads a chunk; null when the chunk no longer exists. */
  read: (position: number) => Promise<Uint8Array | null>;
  /** Number of chunks, at least 1. */
  count: number;
  after: After;
  /** Milliseconds without a read after which the reader is disconnected. Default: 30,000. */
  stallMs?: number;
  /**
   * Closes the connection of the reader, which has received fewer bytes than announced. Returns false when
   * there is no connection.
   */
  cutOff: () => boolean;
  /** Called once when everything was read, the reader disconnected, or it was disconnected. */
  onEnd: () => void;
}

const STALL_MS = 30_000;
/**
 * Number of bytes that a reader takes at once. A slow reader shows progress before it has read a whole chunk.
 */
const PIECE_BYTES = 32 * 1024;

/**
 * Opens a file as a stream that reads the next chunk when the reader has taken the previous one. So at most
 * one chunk is in memory, however slow the reader is. Resolves after the first chunk was read.
 */
export async function openChunkStream(
  options: ChunkStreamOptions,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const { read, count, after, stallMs = STALL_MS, cutOff, onEnd } = options;
  let chunk = await read(0);
  if (!chunk) throw new Error('The first chunk of a file is missing.');
  let position = 0;
  let at = 0;
  let isOver = false;
  let stopTimer = (): void => {};

  function end(): void {
    if (isOver) return;
    isOver = true;
    stopTimer();
    onEnd();
  }

  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      start(controller) {
        watch(controller);
      },
      async pull(controller) {
        if (!chunk || isOver) return;
        controller.enqueue(new Uint8Array(chunk.subarray(at, at + PIECE_BYTES)));
        at += PIECE_BYTES;
        watch(controller);
        if (at < chunk.length) return;
        at = 0;
        position += 1;
        chunk = null;
        if (position === count) {
          controller.close();
          return end();
        }
        // While the file is read, the visitor can be erased and the database can become unavailable.
        chunk = await read(position).catch(() => null);
        if (!chunk) fail(controller, 'The rest of the file cannot be read.');
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  );

  function watch(controller: ReadableStreamDefaultController): void {
    stopTimer();
    stopTimer = after(stallMs, () => fail(controller, 'The reader takes nothing.'));
  }

  function fail(controller: ReadableStreamDefaultController, reason: string): void {
    if (isOver) return;
    end();
    if (!cutOff()) controller.error(new Error(reason));
  }
}
