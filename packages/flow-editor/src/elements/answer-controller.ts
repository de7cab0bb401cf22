import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { AnsweredEvent } from '../events.ts';

/**
 * Dispatches answerable events, one at a time, and tracks whether one is pending or has failed. An event
 * without a promise counts as successful.
 */
export class AnswerController implements ReactiveController {
  isBusy = false;
  /** Message of the last failure, `''` if it had no message. Null without a failure. */
  failure: string | null = null;

  readonly #host: ReactiveControllerHost & EventTarget;

  constructor(host: ReactiveControllerHost & EventTarget) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {}

  /** Dispatches an event and waits for its promise. Resolves with whether it succeeded. */
  async send(event: AnsweredEvent<void>): Promise<boolean> {
    if (this.isBusy) return false;
    this.failure = null;
    this.#host.dispatchEvent(event);
    this.isBusy = true;
    this.#host.requestUpdate();
    try {
      await event.answer;
      return true;
    } catch (error) {
      this.failure = error instanceof Error ? error.message : '';
      return false;
    } finally {
      this.isBusy = false;
      this.#host.requestUpdate();
    }
  }

  /** Clears the last failure. */
  dismiss(): void {
    this.failure = null;
    this.#host.requestUpdate();
  }
}
