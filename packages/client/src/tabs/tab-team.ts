import type { Runtime } from '../runtime.ts';
import type { VisitorStorage } from '../storage/visitor-storage.ts';
import { createLeadership, type Leadership } from './leadership.ts';
import { openTabChannel, type TabChannel } from './tab-channel.ts';
import { takeLease } from './take-lease.ts';

/** Messages of the election, besides those of the team's user. */
type ElectionMessage<State> = { kind: 'who-leads' } | ({ kind: 'i-lead' } & State);

/** Options of a team of tabs. `State` is what the leader adds to its answer. */
export interface TabTeamOptions<Message, State> {
  /** Name of the channel and of the lock. */
  name: string;
  runtime: Runtime;
  /** Web Locks. Undefined on plain-http pages: then the tabs use a lease in the storage. */
  locks: LockManager | undefined;
  /** False when no other tab shares the data. Then no channel is opened. Default: true. */
  isShared?: boolean;
  /** Returns the storage that contains the lease. */
  storage(): Promise<VisitorStorage>;
  onMessage(message: Message): void;
  /** Called in the leading tab when another tab looks for the leader. Returns the state for the answer. */
  onAsked(): State;
  /** Called in the other tabs with the leader's answer. */
  onLeaderAnswered?(state: State): void;
  /** Called when this tab takes or loses the lead. */
  onLead(leading: boolean): void;
}

/** The tabs of this browser that share the data of one visitor. One of them leads: it sends and streams. */
export class TabTeam<Message extends { kind: string }, State extends object> {
  readonly #options: TabTeamOptions<Message, State>;
  readonly #channel: TabChannel<Message | ElectionMessage<State>>;
  readonly #leadership: Leadership;

  constructor(options: TabTeamOptions<Message, State>) {
    const { name, runtime, locks, isShared = true, storage, onLead } = options;
    this.#options = options;
    this.#channel = isShared
      ? openTabChannel(name, (message) => this.#receive(message))
      : { post() {}, close() {} };
    const tab = runtime.newId();
    const askLeader = () => this.#channel.post({ kind: 'who-leads' });
    this.#leadership = createLeadership({
      name,
      runtime,
      locks,
      lease: async (ms) => takeLease(await storage(), tab, runtime.now(), ms),
      askLeader,
      isWatched: () => globalThis.document?.visibilityState === 'visible',
      onChange(leading) {
        // While this tab was frozen, the other tabs relied on its connection. Ask for the new leader.
        if (!leading) askLeader();
        onLead(leading);
      },
    });
  }

  /** Whether this tab leads. */
  get leading(): boolean {
    return this.#leadership.leading;
  }

  /** Becomes a candidate. The tab leads when `onLead(true)` is called. */
  join(): void {
    this.#leadership.stand();
  }

  /** Gives up the lead and stops being a candidate. Messages still arrive. */
  leave(): void {
    this.#leadership.stepDown();
  }

  /** Sends a message to the other tabs. */
  post(message: Message): void {
    this.#channel.post(message);
  }

  /** Closes the channel. The tab keeps the lead until `leave()`. */
  close(): void {
    this.#channel.close();
  }

  #receive(message: Message | ElectionMessage<State>) {
    if (message.kind === 'who-leads') {
      if (this.leading) this.#channel.post({ kind: 'i-lead', ...this.#options.onAsked() });
    } else if (message.kind === 'i-lead') {
      this.#leadership.noteLeader();
      if (!this.leading) this.#options.onLeaderAnswered?.(message as unknown as State);
    } else this.#options.onMessage(message as Message);
  }
}
