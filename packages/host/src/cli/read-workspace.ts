import { readFile } from 'node:fs/promises';
import { authorKinds, type AuthorKinds } from '@alur/flow';
import { checkWorkspace, checkWorkspaceForm } from '../check-workspace.ts';
import type { Workspace } from '../workspace.ts';
import { describeFault } from '../workspace-faults.ts';
import { UsageError } from './read-command-line.ts';

/**
 * Reads a workspace file and checks its form. With `isWhole`, also checks that it refers to nothing outside
 * of itself. Throws `UsageError` with all faults: file, path and value, one per line.
 */
export async function readWorkspace(
  file: string,
  { isWhole = false, kinds = authorKinds }: { isWhole?: boolean; kinds?: AuthorKinds } = {},
): Promise<Workspace> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`${file}: ${code === 'ENOENT' ? 'there is no such file.' : message}`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file}: this is not JSON: ${(error as Error).message}`);
  }
  const faults = isWhole ? checkWorkspace(value, kinds) : checkWorkspaceForm(value);
  if (faults.length > 0)
    throw new UsageError(faults.map((fault) => `${file}: ${describeFault(fault)}`).join('\n'));
  return value as Workspace;
}
