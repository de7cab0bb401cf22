/** Flow in the list. */
export interface FlowListItem {
  id: string;
  name: string;
  /** Number of the newest version. */
  version: number;
  /** Number of the live version. Null if none is live. */
  live: number | null;
  /** Number of problems that keep the newest version from going live. */
  problemCount?: number;
  /** Time at which the newest version was saved, ISO 8601. */
  updatedAt: string;
  /** Inboxes that use the flow. */
  inboxes: { id: string; name: string }[];
}

/** Purpose of the open dialog. */
export type Asking = { what: 'create' } | { what: 'rename' | 'delete'; item: FlowListItem };
