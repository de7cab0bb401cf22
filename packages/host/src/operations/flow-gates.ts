import {
  checkFlow,
  parseFlow,
  type AuthorKinds,
  type CheckOptions,
  type Flow,
  type Problem,
} from '@alur/flow';
import { HostProblem } from '../problem.ts';

/** Document to store, and the reason why it could not be read, if there is one. */
export interface ReadDocument {
  flow: Flow;
  faults: Problem[];
}

/**
 * Reads a document to save. Throws `flow_invalid` when it is not a flow. If the parser itself fails, the
 * document is stored unchanged as an unpublished version: a bug of the host must not cost an author's work
 * (rule 11).
 */
export function readDocument(
  document: unknown,
  kinds: AuthorKinds,
  parse: typeof parseFlow = parseFlow,
): ReadDocument {
  let result;
  try {
    result = parse(document, { kinds });
  } catch (error) {
    if (!document || typeof document !== 'object' || Array.isArray(document)) throw error;
    return { flow: document as Flow, faults: [checkFailed(error)] };
  }
  if (result.ok) return { flow: result.flow, faults: [] };
  throw new HostProblem('flow_invalid', 'This is no flow document that could be kept; see "problems".', {
    problems: result.problems,
  });
}

/** Returns the problems of a document. A check that fails is reported as a problem, too. */
export function checkDocument(
  { flow, faults }: ReadDocument,
  directory: CheckOptions['directory'],
  kinds: AuthorKinds,
  check: typeof checkFlow = checkFlow,
): Problem[] {
  if (faults.length > 0) return faults;
  try {
    return check(flow, { directory, kinds });
  } catch (error) {
    return [checkFailed(error)];
  }
}

function checkFailed(error: unknown): Problem {
  // Operations run in the database's thread, which has no other logger.
  console.error('A flow document could not be checked', error);
  return {
    code: 'check-failed',
    severity: 'error',
    message:
      'This version could not be checked because the check itself failed. It is kept as a draft; undo what was changed last and save again, or report this.',
  };
}
