import { FLOW_FORMAT } from './flow.ts';

/** One step of the way from an old format to the present one. */
export interface Migration {
  from: string;
  to: string;
  /** Gives the document in the next format; `format` itself is set for it. Must not mutate. */
  migrate(document: Record<string, unknown>): Record<string, unknown>;
}

/** Every step there is, oldest first. The first format needs none. */
export const migrations: readonly Migration[] = [];

/**
 * Brings a document to the present format, step by step; null when no chain of steps leads there, as for a format
 * that a newer Alur wrote, and when a step cannot make sense of the document.
 */
export function migrateFlow(
  document: Record<string, unknown>,
  steps: readonly Migration[] = migrations,
): Record<string, unknown> | null {
  let current = document;
  // Each step is taken at most once, so a chain that bites its tail ends too.
  for (let taken = 0; current['format'] !== FLOW_FORMAT; taken++) {
    const step = steps.find(({ from }) => from === current['format']);
    if (!step || taken === steps.length) return null;
    try {
      current = { ...step.migrate(current), format: step.to };
    } catch {
      return null;
    }
  }
  return current;
}
