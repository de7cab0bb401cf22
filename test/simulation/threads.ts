import { Worker } from 'node:worker_threads';

/** A call to a thread, and its result. */
export interface ThreadCall {
  id: number;
  name: string;
  args: unknown[];
}
export type ThreadAnswer = { id: number } & ({ ok: true; value: unknown } | { ok: false; message: string });

/** A thread that runs a module. */
export interface Thread {
  /** Calls an exported function there. Arguments and result are copied. */
  call<T>(name: string, ...args: unknown[]): Promise<T>;
  end(): Promise<unknown>;
}

/**
 * Starts a thread that runs `module`. Tests also simulate in one: a test runner tracks every promise of its
 * own thread, which costs as much as the simulation itself.
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
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
        worker.postMessage(call);
      }),
    end: () => worker.terminate(),
  };
}
