import { HostProblem } from './problem.ts';

/** A fault of a workspace. */
export interface WorkspaceFault {
  /** JSON Pointer (RFC 6901) into the document, such as `/inboxes/0/flow`. */
  path: string;
  value: unknown;
  /** Description of the fault, to be read after the value. */
  message: string;
}

const MAX_SHOWN = 80;

/** Returns one fault as a line: path, value, description. Hides secrets. */
export function describeFault({ path, value, message }: WorkspaceFault): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  const isSecret = /key|secret/i.test(path);
  const shown = isSecret && value !== undefined ? '(secret)' : text;
  return `${path || '/'}: ${shown.length > MAX_SHOWN ? `${shown.slice(0, MAX_SHOWN)}…` : shown} ${message}`;
}

/** Throws `invalid_request` with every fault, one per line. */
export function requireFaultless(faults: readonly WorkspaceFault[]): void {
  if (faults.length === 0) return;
  throw new HostProblem('invalid_request', faults.map(describeFault).join('\n'), {
    fields: faults.map(({ path, message }) => ({ path, message })),
  });
}
