import { checkFlow, parseFlow, type CheckOptions, type Flow, type Problem } from '@alur/flow';
import { HostProblem } from '../problem.ts';

/** A document that is to be kept, and what kept it from being read, if something did. */
export interface ReadDocument {
  flow: Flow;
  faults: Problem[];
}

/**
 * Reads a document that somebody wants to keep. Throws `flow_invalid` for one that is no flow. Should the
 * reading itself break down, the document is kept as it came, as a draft: a defect of ours must not cost an
 * author's work (rule 11).
 */
export function readDocument(document: unknown, parse: typeof parseFlow = parseFlow): ReadDocument {
  let result;
  try {
    result = parse(document);
  } catch (error) {
    if (!document || typeof document !== 'object' || Array.isArray(document)) throw error;
    return { flow: document as Flow, faults: [brokeDown(error)] };
  }
  if (result.ok) return { flow: result.flow, faults: [] };
  throw new HostProblem('flow_invalid', 'This is no flow document that could be kept; see "problems".', {
    problems: result.problems as never,
  });
}

/** What is wrong with a document; a check that breaks down is a problem like any other. */
export function checkDocument(
  { flow, faults }: ReadDocument,
  directory: CheckOptions['directory'],
  check: typeof checkFlow = checkFlow,
): Problem[] {
  if (faults.length > 0) return faults;
  try {
    return check(flow, { directory });
  } catch (error) {
    return [brokeDown(error)];
  }
}

function brokeDown(error: unknown): Problem {
  // Operations run in the database's thread, where there is no other log.
  console.error('A flow document could not be checked', error);
  return {
    code: 'check-failed',
    severity: 'error',
    message:
      'This version could not be checked because the check itself failed. It is kept as a draft; undo what was changed last and save again, or report this.',
  };
}
