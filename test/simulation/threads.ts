import { Worker } from 'node:worker_threads';

/** What a thread is asked, and what it answers. */
export interface ThreadCall {
  id: number;
  name: string;
  args: unknown[];
}
export type ThreadAnswer = { id: number } & ({ ok: true; value: unknown } | { ok: false; message: string });

/** A thread with a module in it. */
export interface Thread {
  /** Calls an exported function there; arguments and answer are copied. */
  call<T>(name: string, ...args: unknown[]): Promise<T>;
  end(): Promise<unknown>;
}

/**
 * Opens a thread with `module` in it. Tests simulate in one as well: a test runner follows every promise of
 * its own thread, which costs as much as the simulation itself.
 */
export function openThread(module: URL): Thread {
  const worker = new Worker(new URL('thread.ts', import.meta.url), { workerData: module.href });
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let lastId = 0;
  worker.on('error', (error) => {
    for (const { reject } of waiting.values()) reject(error as Error);
  });
  worker.on('message', (answer: ThreadAnswer) => {
    const caller = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.ok) caller?.resolve(answer.value);
    else caller?.reject(new Error(answer.message));
  });
  return {
    call: <T>(name: string, ...args: unknown[]) =>
      new Promise<T>((resolve, reject) => {
        const call: ThreadCall = { id: ++lastId, name, args };
        waiting.set(call.id, { resolve: resolve as (value: unknown) => void, reject });
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
        worker.postMessage(call);
      }),
    end: () => worker.terminate(),
  };
}
