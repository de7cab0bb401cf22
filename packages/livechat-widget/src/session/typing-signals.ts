import type { Runtime, TypingSignal, VisitorClient } from '@alur/client';
import type { ViewModel } from './view-model.ts';

/** Time after which a typing signal ends, and the time between two of the visitor's, in milliseconds. */
const TYPING_MS = 6_000;
const TYPING_EVERY_MS = 3_000;

/** Dependencies of `TypingSignals`. */
export interface TypingSignalsOptions {
  runtime: Pick<Runtime, 'now' | 'after'>;
  view: ViewModel;
  client(): Pick<VisitorClient, 'typing'>;
}

/** Shows who is typing, and shows agents that the visitor is. */
export class TypingSignals {
  readonly #options: TypingSignalsOptions;
  #sentAt = 0;
  #cancel = () => {};

  constructor(options: TypingSignalsOptions) {
    this.#options = options;
  }

  /** Shows the host that the visitor is writing. */
  send(): void {
    const { runtime, view, client } = this.#options;
    const { conversation, status } = view.current;
    const now = runtime.now();
    if (!conversation.session || status !== 'online' || now - this.#sentAt < TYPING_EVERY_MS) return;
    this.#sentAt = now;
    void client().typing();
  }

  /** Shows a signal of the host for a while. */
  show(typing: TypingSignal): void {
    const { runtime, view } = this.#options;
    if (typing.by === 'visitor') return;
    view.reduce({ kind: 'typing', typing });
    this.#cancel();
    this.#cancel = runtime.after(TYPING_MS, () => view.reduce({ kind: 'typing', typing: null }));
  }

  stop(): void {
    this.#cancel();
  }
}
