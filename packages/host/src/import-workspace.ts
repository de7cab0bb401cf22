import { checkWorkspaceForm } from './check-workspace.ts';
import type { Host } from './create-host.ts';
import type { ImportResult, Workspace } from './workspace.ts';
import { requireFaultless } from './workspace-faults.ts';

/**
 * Creates what the host does not have yet of a workspace, all of it or nothing, and changes nothing that is
 * there. Rejects with `HostProblem` when the workspace is wrong: its message names path and value of every
 * fault, one a line.
 */
export async function importWorkspace(
  host: Pick<Host, 'database'>,
  workspace: Workspace,
): Promise<ImportResult> {
  requireFaultless(checkWorkspaceForm(workspace));
  return host.database.run('importWorkspace', { workspace });
}
