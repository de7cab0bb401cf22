/**
 * The worker side of `threads.ts`.
 *
 * @module
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { ThreadAnswer, ThreadCall } from './threads.ts';

const functions = (await import(workerData as string)) as Record<
  string,
  (...args: unknown[]) => Promise<unknown>
>;

parentPort!.on('message', (call: ThreadCall) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
  void answer(call).then((answered) => parentPort!.postMessage(answered));
});

async function answer({ id, name, args }: ThreadCall): Promise<ThreadAnswer> {
  try {
    return { id, ok: true, value: await functions[name]!(...args) };
  } catch (error) {
    return {
      id,
      ok: false,
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}
