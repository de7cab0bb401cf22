import { HostProblem } from './problem.ts';

/** Something wrong in a workspace. */
export interface WorkspaceFault {
  /** JSON Pointer (RFC 6901) into the document, such as `/inboxes/0/flow`. */
  path: string;
  value: unknown;
  /** What is wrong, to be read after the value. */
  message: string;
}

const MAX_SHOWN = 80;

/** One fault as a line: path, value, what is wrong. Secrets are not shown. */
export function describeFault({ path, value, message }: WorkspaceFault): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  const isSecret = /key|secret/i.test(path);
  const shown = isSecret && value !== undefined ? '(secret)' : text;
  return `${path || '/'}: ${shown.length > MAX_SHOWN ? `${shown.slice(0, MAX_SHOWN)}…` : shown} ${message}`;
}

/** Throws `invalid_request` with every fault, one a line. */
export function requireFaultless(faults: readonly WorkspaceFault[]): void {
  if (faults.length === 0) return;
  throw new HostProblem('invalid_request', faults.map(describeFault).join('\n'), {
    fields: faults.map(({ path, message }) => ({ path, message })),
  });
}
