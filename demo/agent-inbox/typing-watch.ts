import type { Runtime } from '@alur/client';

/** A visitor of whom no typing signal came for this long has stopped. */
const TYPING_ENDS_MS = 6_000;

/** Which visitors are typing: each stops by a signal, by a message, or after a while without either. */
export class TypingWatch {
  readonly #runtime: Pick<Runtime, 'after'>;
  readonly #onChange: (conversationId: string, isTyping: boolean) => void;
  readonly #cancels = new Map<string, () => void>();

  constructor(
    runtime: Pick<Runtime, 'after'>,
    onChange: (conversationId: string, isTyping: boolean) => void,
  ) {
    this.#runtime = runtime;
    this.#onChange = onChange;
  }

  /** Notes a signal. Calls `onChange` only when something changed. */
  note(conversationId: string, isTyping: boolean): void {
    const wasTyping = this.#cancels.has(conversationId);
    this.#cancels.get(conversationId)?.();
    this.#cancels.delete(conversationId);
    if (isTyping) {
      const cancel = this.#runtime.after(TYPING_ENDS_MS, () => this.note(conversationId, false));
      this.#cancels.set(conversationId, cancel);
    }
    if (wasTyping !== isTyping) this.#onChange(conversationId, isTyping);
  }
}
