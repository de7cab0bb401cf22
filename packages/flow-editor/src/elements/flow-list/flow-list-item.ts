/** What the list shows of one flow. */
export interface FlowListItem {
  id: string;
  name: string;
  /** The newest version's number. */
  version: number;
  /** The number of the version that is live; null when none is. */
  live: number | null;
  /** Problems that keep the newest version from going live. */
  problemCount?: number;
  /** When the newest version was saved, ISO 8601. */
  updatedAt: string;
  /** The inboxes that use the flow. */
  inboxes: { id: string; name: string }[];
}

/** What the dialog asks, if it is open. */
export type Asking = { what: 'create' } | { what: 'rename' | 'delete'; item: FlowListItem };
