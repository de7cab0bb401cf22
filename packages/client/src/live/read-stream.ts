import { ClientError } from '../client-error.ts';
import { send, type Attempt, type Call } from '../request.ts';
import type { Runtime } from '../runtime.ts';
import { createFrameParser, type Frame } from './frame-parser.ts';

/** How long a stream may say nothing. */
export interface StreamPatience {
  /** Until the first frame, which is `hello`. Default: 5 s; longer means that a proxy is holding it back. */
  helloMs?: number;
  /** Between any two chunks, heartbeats included. Default: 45 s, three of the host's heartbeats. */
  silenceMs?: number;
}

/**
 * Reads a stream of server-sent events over fetch, so that the token can travel in the header. Calls
 * `onFrame` for each frame, resolves when the host ends the stream, and throws `ClientError`: `stream_silent`
 * when not even the first frame comes, `timeout` when it falls silent later.
 */
export async function readStream(
  runtime: Runtime,
  call: Call & { onFrame(frame: Frame): void } & StreamPatience,
): Promise<void> {
  const { onFrame, signal, helloMs: timeoutMs = 5_000, silenceMs = 45_000 } = call;
  async function readFrames({ body }: Response, attempt: Attempt) {
    if (!body) throw new ClientError('bad_answer', 'The stream is empty.');
    const reader = body.getReader();
    // Not every fetch ends a body that is being read when its signal aborts.
    const letGo = () => void reader.cancel().catch(() => {});
    attempt.signal.addEventListener('abort', letGo);
    const decoder = new TextDecoder();
    const parser = createFrameParser();
    let greeted = false;
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done || attempt.signal.aborted) return;
        const frames = parser.push(decoder.decode(value, { stream: true }));
        greeted ||= frames.length > 0;
        if (greeted) attempt.wait(silenceMs);
        for (const frame of frames) onFrame(frame);
      }
    } finally {
      letGo();
    }
  }
  const headers = { ...call.headers, Accept: 'text/event-stream' };
  try {
    await send(runtime, { ...call, headers, timeoutMs, timeoutCode: 'stream_silent' }, readFrames);
  } catch (error) {
    if (signal?.aborted || error instanceof ClientError) throw error;
    throw new ClientError('network', 'The stream broke off.', { cause: error });
  }
}
