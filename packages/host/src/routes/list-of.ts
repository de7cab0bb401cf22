import type { DashboardCaller } from '../http/authenticate.ts';
import type { ListInput } from '../operations/directory.ts';

/** Returns the input that every list operation needs. */
export function listOf(
  { accountId }: DashboardCaller,
  { limit = 100, cursor }: { limit?: number; cursor?: string },
): ListInput {
  return { accountId, limit, ...(cursor !== undefined && { cursor }) };
}
