import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { AnsweredEvent } from '../events.ts';

/**
 * Sends events that want an answer, one at a time, and knows whether one is under way or has failed. An event
 * that nobody answers counts as done: the page has taken it over.
 */
export class AnswerController implements ReactiveController {
  isBusy = false;
  /** The words of the last failure, `''` when it had none; null when nothing has failed. */
  failure: string | null = null;

  readonly #host: ReactiveControllerHost & EventTarget;

  constructor(host: ReactiveControllerHost & EventTarget) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {}

  /** Sends an event and waits for its answer; says whether it went well. */
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

  /** Forgets the last failure. */
  dismiss(): void {
    this.failure = null;
    this.#host.requestUpdate();
  }
}
