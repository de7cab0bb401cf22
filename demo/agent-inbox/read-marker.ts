import type { DashboardClient } from '@alur/client/dashboard';
import type { InboxState } from './inbox-state.ts';
import type { PageVisibility } from './page-visibility.ts';
import type { StateCell } from './state-cell.ts';

/**
 * Marks the open conversation as read on the host when its log is loaded and when the page becomes visible.
 */
export class ReadMarker {
  readonly #host: Pick<DashboardClient, 'markRead'>;
  readonly #cell: StateCell<InboxState>;
  readonly #visibility: PageVisibility;
  /** The conversation that was marked last, and its sequence number. */
  #marked = { id: '', seq: 0 };

  constructor(
    host: Pick<DashboardClient, 'markRead'>,
    cell: StateCell<InboxState>,
    visibility: PageVisibility,
  ) {
    this.#host = host;
    this.#cell = cell;
    this.#visibility = visibility;
    visibility.onVisible(() => this.mark());
  }

  /** Marks the shown events if the agent can see them and they are not marked yet. */
  mark(): void {
    const { open } = this.#cell.value;
    const last = open?.events.findLast(
      (event) => event.type === 'message' && event.message.author.kind === 'visitor',
    );
    if (!open || !last || !this.#visibility.isVisible()) return;
    const mark = { id: open.id, seq: last.seq };
    if (this.#marked.id === mark.id && this.#marked.seq >= mark.seq) return;
    this.#marked = mark;
    this.#host.markRead(mark.id, mark.seq).catch(() => {
      // The next event, or the next time the page becomes visible, tries again.
      if (this.#marked === mark) this.#marked = { id: '', seq: 0 };
    });
  }
}
