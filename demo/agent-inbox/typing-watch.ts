import type { Runtime } from '@alur/client';

/** Time without a typing signal after which a visitor counts as stopped, in milliseconds. */
const TYPING_ENDS_MS = 6_000;

/** Tracks which visitors are typing. Typing ends with a signal, with a message, or after a timeout. */
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

  /** Records a signal. Calls `onChange` only when something changed. */
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
