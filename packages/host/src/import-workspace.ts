import { checkWorkspaceForm } from './check-workspace.ts';
import type { Host } from './create-host.ts';
import type { ImportResult, Workspace } from './workspace.ts';
import { requireFaultless } from './workspace-faults.ts';

/**
 * Creates the entries of a workspace that the host does not have, in one transaction. Does not change
 * existing entries. Rejects with `HostProblem` when the workspace is invalid: the message contains path and
 * value of every fault, one per line.
 */
export async function importWorkspace(
  host: Pick<Host, 'database'>,
  workspace: Workspace,
): Promise<ImportResult> {
  requireFaultless(checkWorkspaceForm(workspace));
  return host.database.run('importWorkspace', { workspace });
}
