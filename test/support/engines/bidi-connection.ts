/** A connection for WebDriver BiDi commands to a browser. */
export interface BidiConnection {
  /** Rejects with the browser's error, or after a minute without a response. */
  send<Result = unknown>(method: string, params?: object): Promise<Result>;
  close(): void;
}

interface Answer {
  id?: number;
  type: string;
  result?: unknown;
  error?: string;
  message?: string;
}

const ANSWER_MS = 60_000;

/** Connects to the URL that a browser prints when it is started with `--remote-debugging-port`. */
export async function connectBidi(address: string): Promise<BidiConnection> {
  const socket = new WebSocket(`${address}/session`);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    const refuse = (): void => reject(new Error(`${address} takes no BiDi connection.`));
    socket.addEventListener('error', refuse);
    setTimeout(refuse, ANSWER_MS).unref();
  });
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let last = 0;
  socket.addEventListener('message', ({ data }) => {
    const { id, type, result, error, message } = JSON.parse(String(data)) as Answer;
    const caller = waiting.get(id ?? -1);
    if (!caller) return;
    waiting.delete(id!);
    if (type === 'success') caller.resolve(result);
    else caller.reject(new Error(`${error}: ${message}`));
  });
  socket.addEventListener('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('The browser has gone.'));
    waiting.clear();
  });
  return {
    send: <Result>(method: string, params: object = {}) =>
      new Promise<Result>((resolve, reject) => {
        if (socket.readyState !== WebSocket.OPEN) return reject(new Error('The browser has gone.'));
        const id = (last += 1);
        waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
        socket.send(JSON.stringify({ id, method, params }));
        // A browser that hangs must not stop the whole run.
        setTimeout(() => {
          if (waiting.delete(id)) reject(new Error(`${method}: the browser gave no answer within a minute.`));
        }, ANSWER_MS).unref();
      }),
    close: () => socket.close(),
  };
}
