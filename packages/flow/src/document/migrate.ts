import type { Flow } from './flow.ts';
import { FLOW_FORMAT, type FlowFormat } from './format.ts';
import { migrateV1 } from './migrate-v1.ts';
import type { Migration } from './migration.ts';

/** All migrations, oldest first. */
export const migrations: readonly Migration[] = [migrateV1];

/**
 * Migrates a flow that parsed before, such as a stored version, to the current format. Returns the same
 * object if it has that format, or an unknown one.
 */
export function currentFlow(flow: { format: FlowFormat } & Omit<Flow, 'format'>): Flow {
  return (migrateFlow(flow as unknown as Record<string, unknown>) ?? flow) as unknown as Flow;
}

/**
 * Migrates a document to the current format, step by step. Returns null if no chain of migrations leads
 * there, for example for a newer format, or if a migration fails.
 */
export function migrateFlow(
  document: Record<string, unknown>,
  steps: readonly Migration[] = migrations,
): Record<string, unknown> | null {
  let current = document;
  // Each migration runs at most once, so that a cycle of migrations ends.
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
