import { isBlank } from '@alur/flow/text';
import { HostProblem } from '../problem.ts';

/**
 * Throws `invalid_request` for a text without visible characters (only white space and invisible characters).
 * `path` is its field in the request's body.
 */
export function requireText(text: string, path: string): void {
  if (isBlank(text)) throw blank('A message needs a text or a file.', path);
}

/**
 * Throws `invalid_request` for a name without visible characters. `path` is its field in the request's body.
 */
export function requireName(name: string, path = '/name'): void {
  if (isBlank(name)) throw blank('A name needs a character that can be seen.', path);
}

function blank(detail: string, path: string): HostProblem {
  return new HostProblem('invalid_request', detail, { fields: [{ path, message: 'must show something' }] });
}
