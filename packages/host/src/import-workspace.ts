import type { Host } from './create-host.ts';
import type { ImportResult, Workspace } from './workspace.ts';

/**
 * Creates whatever of a workspace the host does not have yet, all of it or nothing, and changes nothing that is there. Throws `HostProblem`
 * when the workspace cannot be taken, saying what is wrong.
 */
export function importWorkspace(host: Pick<Host, 'database'>, workspace: Workspace): Promise<ImportResult> {
  return host.database.run('importWorkspace', { workspace });
}
