/**
 * An agent's browser for tests of the agent inbox: the real store and outbox, over storage that is kept when
 * a page closes.
 */
import type { VisitorStorage } from '@alur/client';
import { createMemoryStorage } from '@alur/client/internal';
import { openAgentReplies, type AgentReplies } from '@alur/client/dashboard';
import { fakeRuntime, type FakeRuntime } from '../../../packages/client/src/testing/fake-runtime.ts';
import { InboxStore } from '../inbox-store.ts';
import type { ModelHost } from './model-host.ts';

/** One page of the device. */
export interface InboxPage {
  store: InboxStore;
  replies: AgentReplies;
  /** Shows or hides the tab. */
  setVisible(visible: boolean): void;
  close(): void;
}

export class InboxDevice {
  readonly runtime: FakeRuntime = fakeRuntime();
  readonly #host: ModelHost;
  readonly #disk: VisitorStorage = createMemoryStorage();
  /** The channel between tabs is real: each device needs a unique name. */
  readonly #account = this.runtime.newId() + String(Math.random());

  constructor(host: ModelHost) {
    this.#host = host;
  }

  /** Loads the page with a conversation open. */
  async load(openId: string | null = null): Promise<InboxPage> {
    const { client, end } = this.#host.connect();
    const { runtime } = this;
    const replies = await openAgentReplies({
      client,
      host: 'https://host.example',
      account: this.#account,
      agentId: 'agt_budi',
      runtime,
      locks: undefined,
      storage: async () => ({ ...this.#disk, close() {} }),
    });
    let isVisible = true;
    const listeners: (() => void)[] = [];
    const visibility = {
      isVisible: () => isVisible,
      onVisible: (listener: () => void) => void listeners.push(listener),
    };
    const store = new InboxStore({ host: client, replies, agentId: 'agt_budi', runtime, visibility });
    void store.start().then(() => store.open(openId));
    return {
      store,
      replies,
      setVisible(visible) {
        isVisible = visible;
        if (visible) for (const listener of listeners) listener();
      },
      close() {
        end();
        replies.close();
      },
    };
  }
}
