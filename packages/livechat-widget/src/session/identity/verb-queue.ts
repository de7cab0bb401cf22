import type { Runtime } from '@alur/client';

/** Time limit for the page's identity token. */
const IDENTITY_MS = 20_000;
/** Time limit while a sign-out waits. */
const SIGN_OUT_MS = 1_000;

/**
 * Runs actions one after the other, in the order of their calls, so that the visitor does not change during
 * an action.
 */
export class VerbQueue {
  readonly #after: Runtime['after'];
  /** Settles when all actions so far are done. Never rejects. */
  #last: Promise<unknown> = Promise.resolve();
  #signOuts = 0;
  /** Shortens the wait of `limit`. */
  #shortenLimit: () => unknown = () => {};

  constructor({ after }: Pick<Runtime, 'after'>) {
    this.#after = after;
  }

  /** Whether an action is queued after which there is no visitor. */
  get hasSignOut(): boolean {
    return this.#signOuts > 0;
  }

  /** Runs `action` after all earlier actions and before all later ones. */
  run<T>(action: () => Promise<T>): Promise<T> {
    const next = this.#last.then(action);
    this.#last = next.catch(() => {});
    return next;
  }

  /** Runs an action after which there is no visitor. Shortens the wait of earlier actions for the page. */
  runSignOut<T>(action: () => Promise<T>): Promise<T> {
    this.#shortenLimit();
    this.#signOuts += 1;
    return this.run(() => action().finally(() => (this.#signOuts -= 1)));
  }

  /** Resolves with `pending`, or rejects after 20 s, or after one second while a sign-out waits. */
  limit<T>(pending: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const giveUpAfter = (ms: number) => this.#after(ms, () => reject(new Error('No identity token.')));
      const cancel = giveUpAfter(this.hasSignOut ? SIGN_OUT_MS : IDENTITY_MS);
      this.#shortenLimit = () => giveUpAfter(SIGN_OUT_MS);
      void pending.then(resolve, reject).finally(cancel);
    });
  }
}
