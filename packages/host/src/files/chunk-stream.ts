import type { After } from '../http/services.ts';

export interface ChunkStreamOptions {
  /** Reads a chunk; null when there is none any more. */
  read: (position: number) => Promise<Uint8Array | null>;
  /** How many chunks there are: at least 1. */
  count: number;
  after: After;
  /** A reader that takes nothing for this long is cut off. Default: 30,000. */
  stallMs?: number;
  /**
   * Ends the connection of the reader, who has been sent less than was announced. Returns false when there is
   * none.
   */
  cutOff: () => boolean;
  /** Called once when everything was read, the reader went away, or it was cut off. */
  onEnd: () => void;
}

const STALL_MS = 30_000;
/**
 * Bytes of a piece that a reader takes at once: a slow one shows progress before it has taken a whole chunk.
 */
const PIECE_BYTES = 32 * 1024;

/**
 * A file as a stream that reads the next chunk when the reader has taken the last one: never more than one
 * chunk is in memory, however slow the reader is. The first chunk is read before this resolves.
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
        // A visitor can be erased while the file is read, and the database can be away.
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
