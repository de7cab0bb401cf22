import type { Flow } from './flow.ts';
import { FLOW_FORMAT, type FlowFormat } from './format.ts';
import { migrateV1 } from './migrate-v1.ts';

/** One step of the way from an old format to the present one. */
export interface Migration {
  from: string;
  to: string;
  /** Gives the document in the next format; `format` itself is set for it. Must not mutate. */
  migrate(document: Record<string, unknown>): Record<string, unknown>;
}

/** Every step there is, oldest first. */
export const migrations: readonly Migration[] = [migrateV1];

/**
 * Brings a flow that parsed once, such as a stored version, to the present format. Returns the same object
 * when it has that format already, or one that is not known here.
 */
export function currentFlow(flow: { format: FlowFormat } & Omit<Flow, 'format'>): Flow {
  return (migrateFlow(flow as unknown as Record<string, unknown>) ?? flow) as unknown as Flow;
}

/**
 * Brings a document to the present format, step by step; null when no chain of steps leads there, as for a
 * format that a newer Alur wrote, and when a step cannot make sense of the document.
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
