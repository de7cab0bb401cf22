import { isBlank } from '@alur/flow/text';
import { HostProblem } from '../problem.ts';

/**
 * Refuses a text that shows nothing, at `path` of the request's body: white space and invisible characters
 * alone. Throws `invalid_request` with its field.
 */
export function requireText(text: string, path: string): void {
  if (isBlank(text)) throw blank('A message needs a text or a file.', path);
}

/**
 * Refuses a name that shows nothing, at `path` of the request's body. Throws `invalid_request` with its
 * field.
 */
export function requireName(name: string, path = '/name'): void {
  if (isBlank(name)) throw blank('A name needs a character that can be seen.', path);
}

function blank(detail: string, path: string): HostProblem {
  return new HostProblem('invalid_request', detail, { fields: [{ path, message: 'must show something' }] });
}
