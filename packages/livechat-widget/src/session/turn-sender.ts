import type { Runtime, VisitorInput, WidgetConfig } from '@alur/client';
import type { Facts } from '@alur/flow/run';
import { isBlank } from '@alur/flow/text';
import type { Flows } from '../store/screen.ts';
import type { ChatConnection } from './chat-connection.ts';
import type { ComposerDraft } from './composer-draft.ts';
import { createTurn } from './create-turn.ts';
import type { CurrentVisitor } from './identity/current-visitor.ts';
import type { ViewModel } from './view-model.ts';
import { withAttributes } from './visitor-facts.ts';

/** Dependencies of a sender. */
export interface TurnSenderOptions {
  runtime: Pick<Runtime, 'newId'>;
  visitor: CurrentVisitor;
  view: ViewModel;
  connection: ChatConnection;
  draft: ComposerDraft;
  /** Returns the flows for a configuration. */
  flows(config: WidgetConfig | null): Flows;
  /** Returns the language tag of the user interface, which a flow can read. */
  language(): string | undefined;
  /** Empties the composer, also on the device. */
  clearDraft(): void;
}

/** Turns what the visitor writes and presses into turns, and queues them. */
export class TurnSender {
  readonly #options: TurnSenderOptions;
  /** Facts about the visitor that the page has set. */
  #person: Facts['visitor'];
  #isPressing = false;

  constructor(options: TurnSenderOptions) {
    this.#options = options;
  }

  /** Adds facts about the visitor. */
  setAttributes(attributes: Record<string, unknown>): void {
    this.#person = withAttributes(this.#person, attributes);
  }

  /** Forgets the facts about the visitor. */
  forgetPerson(): void {
    this.#person = undefined;
  }

  /** Sends a text after all pending changes of the visitor. */
  async send(text: string): Promise<string> {
    const { consent, queue } = this.#options.visitor;
    const id = await queue.run(async () => (consent.allows ? this.#sendText(text) : null));
    if (id) return id;
    await consent.ask();
    return this.#sendText(text);
  }

  /** Sends the composer's text. It stays in the composer until it may be sent. */
  async sendDraft(): Promise<void> {
    const { visitor, view, draft, clearDraft } = this.#options;
    await visitor.consent.ask();
    const text = view.current.draft.trim();
    if (isBlank(text)) return;
    const sending = this.#sendText(text, draft.id);
    clearDraft();
    await sending;
  }

  /** Presses a button of a waiting message. */
  async press(cardId: string, buttonId: string): Promise<void> {
    const { run } = this.#options.view.current.screen;
    // The second click of a double click arrives while the first press is being stored or after it was
    // accepted.
    if (this.#isPressing || run?.status !== 'waiting' || run.waitingAt !== cardId) return;
    this.#isPressing = true;
    try {
      await this.#submit((id, at) => ({ kind: 'press', id, at, cardId, buttonId }));
    } finally {
      this.#isPressing = false;
    }
  }

  #sendText(text: string, id?: string): Promise<string> {
    return this.#submit((id, at) => ({ kind: 'message', id, at, text }), id);
  }

  async #submit(
    inputOf: (id: string, at: string) => VisitorInput,
    id = this.#options.runtime.newId(),
  ): Promise<string> {
    const { runtime, visitor, view, connection, flows, language } = this.#options;
    connection.connect();
    // Sending starts the connection in this task.
    connection.start();
    const { client, verified } = visitor;
    const input = inputOf(id, new Date(client.hostNow()).toISOString());
    const { screen, config } = view.current;
    const context = {
      screen,
      config,
      newId: runtime.newId,
      person: this.#person,
      verified,
      language: language(),
      flows: flows(config),
    };
    await client.submit(createTurn(input, context));
    return id;
  }
}
