import { isBlank } from '@alur/flow';
import { HostProblem } from '../problem.ts';

/**
 * Refuses a text that shows nothing, at `path` of the request's body: white space and invisible characters alone. Throws
 * `invalid_request` with its field.
 */
export function requireText(text: string, path: string): void {
  if (!isBlank(text)) return;
  throw new HostProblem('invalid_request', 'A message needs a text or a file.', {
    fields: [{ path, message: 'must show something' }],
  });
}
