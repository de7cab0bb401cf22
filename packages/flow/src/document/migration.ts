/** Migration from one format to the next. */
export interface Migration {
  from: string;
  to: string;
  /** Returns the document in the next format. `format` is set by the caller. Must not mutate its argument. */
  migrate(document: Record<string, unknown>): Record<string, unknown>;
}
