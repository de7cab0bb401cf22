import type { Runtime, VisitorClient } from '@alur/client';
import { newestSeq } from '../store/conversation.ts';
import type { ViewModel } from './view-model.ts';

/** Delay of read marks for the host, in milliseconds, because messages arrive in groups. */
const READ_MS = 400;

/** Dependencies of a read marker. */
export interface ReadMarkerOptions {
  runtime: Pick<Runtime, 'after'>;
  view: ViewModel;
  client(): Pick<VisitorClient, 'queue'>;
}

/** Marks messages as read while the visitor sees them: immediately in the view, with a delay at the host. */
export class ReadMarker {
  readonly #options: ReadMarkerOptions;
  #isWatched = false;
  #cancel = () => {};

  constructor(options: ReadMarkerOptions) {
    this.#options = options;
  }

  /** Sets whether the messages are visible to the visitor. */
  setWatched(watched: boolean): void {
    this.#isWatched = watched;
    this.mark();
  }

  /** Marks the messages of the view, if they are visible. */
  mark(): void {
    const { runtime, view, client } = this.#options;
    const { conversation } = view.current;
    const upTo = newestSeq(conversation);
    if (!this.#isWatched || conversation.unread === 0 || upTo === 0) return;
    view.reduce({ kind: 'read', upTo });
    this.#cancel();
    this.#cancel = runtime.after(READ_MS, () => void client().queue({ kind: 'read', upTo }));
  }

  stop(): void {
    this.#cancel();
  }
}
