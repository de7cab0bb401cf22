import { fork, type ChildProcess } from 'node:child_process';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { createFairQueue, type Share } from '../database/fair-queue.ts';
import { HostProblem } from '../problem.ts';
import type { CleanImage, ImageRequest, ImageResponse } from './image-process.ts';

/** Removes metadata from images and creates their thumbnails. */
export interface ImageCleaner {
  /**
   * Accounts take turns. Resolves with null when the image cannot be decoded. Rejects with `overloaded` when
   * too many images wait or when decoding takes too long.
   */
  clean(share: Share, type: string, bytes: Uint8Array): Promise<CleanImage | null>;
  /** Ends the processes. Waiting images are rejected. */
  close(): void;
}

export interface ImageCleanerOptions {
  /**
   * Number of images decoded at once, each in its own process. A large one needs up to 300 MB there. Default:
   * 2.
   */
  atOnce?: number;
  /**
   * Maximum number of waiting images. Beyond it, images of the account with the most are rejected. Default:
   * 16.
   */
  maxWaiting?: number;
  /** Maximum time of one image, in milliseconds; then it is rejected as `overloaded`. Default: 20,000. */
  timeoutMs?: number;
  /** Module of the process. For tests, which use one that fails. */
  url?: URL;
}

/** An image in a process, or before it. */
interface Work extends ImageRequest {
  resolve: (image: CleanImage | null) => void;
  reject: (error: Error) => void;
}

const processUrl = new URL(
  import.meta.url.endsWith('.ts') ? './image-process.ts' : './image-process.js',
  import.meta.url,
);
/** Maximum time until a process is ready. After it, the process is ended. */
const START_MS = 30_000;
/** Time without work after which a process is ended: most hosts receive few images. */
const IDLE_MS = 60_000;
/** Nice value of the processes: turns take precedence over decoding. */
const NICE = 10;
const RETRY_AFTER = 5;

/**
 * Creates a cleaner. Its processes start with the first image, and do not keep this process alive while idle.
 */
export function createImageCleaner({
  atOnce = 2,
  maxWaiting = 16,
  timeoutMs = 20_000,
  url = processUrl,
}: ImageCleanerOptions = {}): ImageCleaner {
  const queue = createFairQueue({ atOnce, maxWaiting: atOnce + maxWaiting, overloaded });
  const slots = Array.from({ length: atOnce }, () => createSlot({ url, timeoutMs }));
  let isClosed = false;

  /** Runs an image in a free slot. The queue starts no more images than there are slots. */
  function run(request: ImageRequest): Promise<CleanImage | null> {
    return new Promise((resolve, reject) => {
      const slot = slots.find(({ isBusy }) => !isBusy());
      if (isClosed || !slot) return reject(new Error('The host is closing.'));
      slot.run({ ...request, resolve, reject });
    });
  }

  return {
    clean: (share, type, bytes) => queue.run(share, () => run({ type, bytes })),
    close() {
      isClosed = true;
      for (const slot of slots) slot.close();
    },
  };
}

/** Creates a slot for a process, which starts when there is work. */
function createSlot({ url, timeoutMs }: { url: URL; timeoutMs: number }) {
  let child: ChildProcess | null = null;
  let isReady = false;
  let work: Work | null = null;
  let timer: NodeJS.Timeout | undefined;

  function start(): ChildProcess {
    // Pass neither flags nor other variables of the host: a decoder needs no secrets.
    const { PATH, SystemRoot } = process.env;
    const started = fork(fileURLToPath(url), {
      execArgv: [],
      env: { ...(PATH !== undefined && { PATH }), ...(SystemRoot !== undefined && { SystemRoot }) },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    started.on('message', (response: ImageResponse) => {
      if (started !== child) return;
      if (response === 'too-slow') return finish(({ reject }) => reject(overloaded()));
      if (response !== 'ready') return finish(({ resolve }) => resolve(response.image));
      isReady = true;
      send();
    });
    started.on('error', (error) => end(started, error));
    started.on('exit', () => end(started, null));
    try {
      if (started.pid !== undefined) setPriority(started.pid, NICE);
    } catch {
      // The priority is optional.
    }
    return started;
  }

  function send(): void {
    if (!work || !isReady) return;
    const { type, bytes } = work;
    setTimer(timeoutMs);
    child?.send({ type, bytes } satisfies ImageRequest, (error) => error && child && end(child, error));
  }

  /**
   * Handles the end of a process. An image that ended it cannot be decoded. With `error`, the image is
   * rejected.
   */
  function end(ended: ChildProcess, error: Error | null): void {
    if (ended !== child) return;
    const hadBegun = isReady;
    child = null;
    isReady = false;
    ended.kill('SIGKILL');
    finish(({ resolve, reject }) =>
      hadBegun && !error
        ? resolve(null)
        : reject(error ?? new Error('The process that decodes pictures did not start.')),
    );
  }

  function finish(settle: (work: Work) => void): void {
    clearTimeout(timer);
    const done = work;
    work = null;
    if (child) {
      keepAlive(child, false);
      timer = setTimeout(() => child && end(child, null), IDLE_MS).unref();
    }
    if (done) settle(done);
  }

  function setTimer(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => child && end(child, overloaded()), ms);
  }

  return {
    isBusy: () => work !== null,
    run(next: Work): void {
      try {
        child ??= start();
      } catch (error) {
        // The operating system has no room for a process.
        return next.reject(error as Error);
      }
      work = next;
      keepAlive(child, true);
      if (isReady) send();
      else setTimer(START_MS);
    },
    close(): void {
      clearTimeout(timer);
      const last = child;
      child = null;
      last?.kill('SIGKILL');
      const done = work;
      work = null;
      done?.reject(new Error('The host is closing.'));
    },
  };
}

function overloaded(): HostProblem {
  const detail = 'Too many pictures are coming in. Try again in a moment.';
  return new HostProblem('overloaded', detail, { retryAfter: RETRY_AFTER });
}

/** Sets whether a child process keeps this process alive. */
function keepAlive(child: ChildProcess, isKept: boolean): void {
  if (isKept) {
    child.ref();
    child.channel?.ref();
  } else {
    child.unref();
    child.channel?.unref();
  }
}
