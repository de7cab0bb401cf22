import { ClientError } from '../client-error.ts';
import { send, type Attempt, type Call } from '../request.ts';
import type { Runtime } from '../runtime.ts';
import { createFrameParser, type Frame } from './frame-parser.ts';

/** Time limits for a silent stream. */
export interface StreamPatience {
  /**
   * Maximum wait for the first frame, `hello`. Default: 5 s. A longer wait means that a proxy buffers the
   * stream.
   */
  helloMs?: number;
  /** Maximum time between two chunks, heartbeats included. Default: 45 s, three of the host's heartbeats. */
  silenceMs?: number;
}

/**
 * Reads server-sent events with `fetch`, so that the token can be sent in a header. Calls `onFrame` for each
 * frame and resolves when the host ends the stream. Throws `ClientError`: `stream_silent` when the first
 * frame does not arrive in time, `timeout` when the stream becomes silent later.
 */
export async function readStream(
  runtime: Runtime,
  call: Call & { onFrame(frame: Frame): void } & StreamPatience,
): Promise<void> {
  const { onFrame, signal, helloMs: timeoutMs = 5_000, silenceMs = 45_000 } = call;
  async function readFrames({ body }: Response, attempt: Attempt) {
    if (!body) throw new ClientError('bad_answer', 'The stream response has no body.');
    const reader = body.getReader();
    // Some `fetch` implementations do not end a pending body read on abort.
    const cancelReader = () => void reader.cancel().catch(() => {});
    attempt.signal.addEventListener('abort', cancelReader);
    const decoder = new TextDecoder();
    const parser = createFrameParser();
    let hasFrames = false;
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done || attempt.signal.aborted) return;
        const frames = parser.push(decoder.decode(value, { stream: true }));
        hasFrames ||= frames.length > 0;
        if (hasFrames) attempt.wait(silenceMs);
        for (const frame of frames) onFrame(frame);
      }
    } finally {
      cancelReader();
    }
  }
  const headers = { ...call.headers, Accept: 'text/event-stream' };
  try {
    await send(runtime, { ...call, headers, timeoutMs, timeoutCode: 'stream_silent' }, readFrames);
  } catch (error) {
    if (signal?.aborted || error instanceof ClientError) throw error;
    throw new ClientError('network', 'The stream connection was lost.', { cause: error });
  }
}
