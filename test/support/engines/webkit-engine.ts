import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { click, moveTo, stroke, strokes } from './actions.ts';
import {
  beginOfFrame,
  resultOf,
  scriptOf,
  VIEWPORT,
  type Engine,
  type EnginePage,
  type Plain,
} from './engine.ts';

/** Paths of WebKitGTK's programs. `Xvfb` provides their display. */
export interface WebKitInstall {
  driver: string;
  miniBrowser: string;
  xvfb: string;
}

type Send = <Result = unknown>(
  method: string,
  path: string,
  body?: object,
  timeoutMs?: number,
) => Promise<Result>;

/**
 * Timeout of a command in milliseconds. A driver whose browser has closed may never respond, and no script
 * runs for longer than 30 s.
 */
const ANSWER_MS = 60_000;
/** Timeout of a start in milliseconds. It takes a second, and ten on a very busy machine. */
const START_MS = 30_000;

/**
 * Starts WebKitGTK's MiniBrowser on its own display, one process per visitor: a driver has one session at a
 * time.
 */
export async function launchWebKitEngine(install: WebKitInstall): Promise<Engine> {
  const screen = spawn(
    install.xvfb,
    ['-displayfd', '1', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const display = await new Promise<string>((resolve, reject) => {
    // A display that is not ready in time is ended and reported as ended.
    const late = setTimeout(() => screen.kill(), START_MS);
    screen.stdout.once('data', (chunk: Buffer) => {
      clearTimeout(late);
      resolve(`:${String(chunk).trim()}`);
    });
    screen.once('exit', (code, signal) => reject(new Error(`Xvfb ended with ${code ?? signal}.`)));
  });
  const drivers = new Set<ChildProcess>();
  let isClosed = false;
  function end(driver: ChildProcess): void {
    drivers.delete(driver);
    driver.kill();
  }
  function endAll(): void {
    isClosed = true;
    drivers.forEach(end);
    screen.kill();
  }
  // A test that fails before it closes the engine must not wait for its processes or leave them running.
  screen.unref();
  (screen.stdout as Socket).unref();
  process.once('exit', endAll);
  const environment = {
    ...process.env,
    DISPLAY: display,
    // Its own sandbox does not start for root, nor inside most containers.
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
  };
  const begin = async (proxy?: string) => {
    if (isClosed) throw new Error('WebKit is closed.');
    const port = await freePort();
    const driver = spawn(install.driver, [`--port=${port}`], { env: environment, stdio: 'ignore' });
    driver.unref();
    drivers.add(driver);
    try {
      const ask = await connectDriver(port);
      const capabilities = {
        alwaysMatch: {
          browserName: 'MiniBrowser',
          'webkitgtk:browserOptions': { binary: install.miniBrowser, args: ['--automation'] },
          ...(proxy && { proxy: { proxyType: 'manual', httpProxy: proxy } }),
        },
      };
      const session = await ask<Session>('POST', '/session', { capabilities }, START_MS);
      const send: Send = (method, path, body) => ask(method, `/session/${session.sessionId}${path}`, body);
      return {
        send,
        version: session.capabilities.browserVersion,
        async close() {
          await send('DELETE', '').catch(() => undefined);
          end(driver);
        },
      };
    } catch (error) {
      end(driver);
      throw error;
    }
  };
  /** Once in a thousand starts on a busy machine, the driver does not notice that its browser has started. */
  const open = (proxy?: string) =>
    begin(proxy).catch((error: unknown) => {
      if ((error as Error).name !== 'TimeoutError') throw error;
      console.warn(`WebKit gave no session within ${START_MS / 1000} s, and is started once more.`);
      return begin(proxy);
    });
  const first = await open();
  await first.close();
  return {
    name: 'webkit',
    version: first.version,
    async visitor({ proxy } = {}) {
      const { send, close } = await open(proxy);
      let unused: string | null = await send<string>('GET', '/window');
      return {
        async page() {
          // A new window needs an existing one, and the last one may be closed.
          const [any] = await send<string[]>('GET', '/window/handles');
          await send('POST', '/window', { handle: any });
          const handle =
            unused ?? (await send<{ handle: string }>('POST', '/window/new', { type: 'window' })).handle;
          unused = null;
          const page = pageOf(send, handle);
          await fitViewport(send, handle);
          return page;
        },
        close,
      };
    },
    async close() {
      process.off('exit', endAll);
      // A failed test can leave visitors open.
      endAll();
    },
  };
}

interface Session {
  sessionId: string;
  capabilities: { browserVersion: string };
}

/** Returns the function that sends commands to the driver on a port, as soon as it listens. */
async function connectDriver(port: number): Promise<Send> {
  const send: Send = async <Result>(
    method: string,
    path: string,
    body?: object,
    timeoutMs = ANSWER_MS,
  ): Promise<Result> => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      signal: AbortSignal.timeout(timeoutMs),
      ...(body && { body: JSON.stringify(body) }),
    });
    const { value } = (await answer.json()) as { value: Result & { error?: string; message?: string } };
    if (!answer.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  const late = performance.now() + START_MS;
  for (;;) {
    try {
      await send('GET', '/status', undefined, 1_000);
      return send;
    } catch (error) {
      if (performance.now() > late) throw new Error('WebKit’s driver does not answer.', { cause: error });
      await pause(25);
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Resizes the window so that the page has the size of all engines. */
async function fitViewport(send: Send, handle: string): Promise<void> {
  await send('POST', '/window', { handle });
  const inner = await send<{ width: number; height: number }>('POST', '/execute/sync', {
    script: 'return { width: innerWidth, height: innerHeight }',
    args: [],
  });
  const outer = await send<{ width: number; height: number }>('GET', '/window/rect');
  await send('POST', '/window/rect', {
    width: VIEWPORT.width + outer.width - inner.width,
    height: VIEWPORT.height + outer.height - inner.height,
  });
}

function pageOf(sendAny: Send, handle: string): EnginePage {
  const send: Send = async (method, path, body) => {
    await sendAny('POST', '/window', { handle });
    return sendAny(method, path, body);
  };
  const enter = async (frame?: number): Promise<void> => {
    await sendAny('POST', '/window', { handle });
    await sendAny('POST', '/frame', { id: frame ?? null });
  };
  const evaluate = async <Result>(
    body: (...args: never[]) => unknown,
    arg?: Plain,
    frame?: number,
  ): Promise<Result> => {
    await enter(frame);
    const script = `const done = arguments[arguments.length - 1];
      (() => { ${scriptOf(body, arg)} })().then((text) => done('+' + text), (error) => done('-' + error));`;
    const answer = await sendAny<string>('POST', '/execute/async', { script, args: [] });
    if (answer[0] === '-') throw new Error(answer.slice(1));
    return resultOf<Result>(answer.slice(1));
  };
  const act = async (actions: object[], frame?: number): Promise<void> => {
    await enter(frame);
    await sendAny('POST', '/actions', { actions });
  };
  /** Its driver counts from the corner of the page, also in a frame. */
  const move = async (x: number, y: number, frame?: number): Promise<void> => {
    const begin =
      frame === undefined ? { x: 0, y: 0 } : await evaluate<{ x: number; y: number }>(beginOfFrame, frame);
    await act(moveTo(begin.x + x, begin.y + y));
  };
  return {
    async goto(url) {
      await send('POST', '/url', { url });
    },
    async back() {
      await send('POST', '/execute/sync', { script: 'setTimeout(() => history.back())', args: [] });
    },
    evaluate,
    move,
    async click(x, y, frame) {
      await move(x, y, frame);
      await act(click());
    },
    type: (text, frame) => act(strokes(text), frame),
    press: (key, frame) => act(stroke(key), frame),
    async screenshot() {
      await enter();
      return Buffer.from(await sendAny<string>('GET', '/screenshot'), 'base64');
    },
    async close() {
      await send('DELETE', '/window');
    },
  };
}
