import type { Socket } from 'node:net';

/** What happens to the bytes of one direction. */
export type Passage =
  | 'pass'
  /** They wait, in order, until the direction passes bytes again. */
  | 'hold'
  /** They are dropped without a notification: one side of a half-open connection. */
  | 'lose';

/**
 * The conditions of one direction of a connection. Read for every chunk, so they can change while the
 * connection is open.
 */
export interface Conditions {
  passage: Passage;
  /** Delay of each chunk, in milliseconds. */
  latencyMs: number;
  bytesPerSecond: number;
}

/** One direction of a connection. */
export interface Direction {
  send(bytes: Buffer): void;
  /** Ends the other side after all sent bytes. */
  end(): void;
  /** Reads the conditions again. */
  changed(): void;
  /** Drops the bytes that are on their way. */
  cut(): void;
}

/** Maximum number of bytes on their way. Above it, the sender has to wait. */
const FULL = 256 * 1024;
/** With a limited rate, bytes are sent in chunks for this many milliseconds. */
const PIECE_MS = 20;

/**
 * Forwards bytes to `target` under changing conditions. Pauses `source` when too many bytes are on their way.
 */
export function createDirection(source: Socket, target: Socket, conditions: () => Conditions): Direction {
  let queue: { bytes: Buffer; due: number }[] = [];
  let size = 0;
  let ends = false;
  let freeAt = 0;
  let timer: NodeJS.Timeout | undefined;
  let blocked = false;

  function pump(): void {
    clearTimeout(timer);
    timer = undefined;
    while (queue.length > 0 && !blocked) {
      const { passage, bytesPerSecond } = conditions();
      if (passage === 'hold') return;
      if (passage === 'lose') {
        queue = [];
        size = 0;
        break;
      }
      const [first] = queue as [{ bytes: Buffer; due: number }];
      const wait = Math.max(first.due, freeAt) - performance.now();
      if (wait > 0) {
        timer = setTimeout(pump, Math.ceil(wait));
        return;
      }
      deliver(first, bytesPerSecond);
    }
    if (size < FULL / 2) source.resume();
    if (ends && queue.length === 0 && !blocked && conditions().passage === 'pass') target.end();
  }

  function deliver(first: { bytes: Buffer; due: number }, bytesPerSecond: number): void {
    const most = Math.max(1, Math.floor((bytesPerSecond * PIECE_MS) / 1000));
    const piece = first.bytes.length > most ? first.bytes.subarray(0, most) : first.bytes;
    if (piece === first.bytes) queue.shift();
    else first.bytes = first.bytes.subarray(piece.length);
    size -= piece.length;
    freeAt = Math.max(freeAt, performance.now() - PIECE_MS) + (piece.length / bytesPerSecond) * 1000;
    if (target.writable && !target.write(piece)) {
      blocked = true;
      target.once('drain', () => {
        blocked = false;
        pump();
      });
    }
  }

  return {
    send(bytes) {
      queue.push({ bytes, due: performance.now() + conditions().latencyMs });
      size += bytes.length;
      if (size > FULL) source.pause();
      pump();
    },
    end() {
      ends = true;
      pump();
    },
    changed: pump,
    cut() {
      clearTimeout(timer);
      queue = [];
      size = 0;
      ends = false;
    },
  };
}
