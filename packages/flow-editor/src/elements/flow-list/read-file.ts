import { parseFlow, type Flow, type Problem } from '@alur/flow';
import type { Strings } from '../../strings/strings.ts';
import { describeProblemText } from '../problem-text.ts';

/** What keeps a file from being a flow, in the editor's language. */
export interface FileFault {
  title: string;
  /** At most three. */
  reasons: string[];
}

/** How many reasons are told; a file that is wrong throughout would fill the page. */
const SHOWN = 3;

/** Reads a flow from a file that a person has chosen. */
export async function readFlowFile(file: File, strings: Strings): Promise<Flow | FileFault> {
  const { list } = strings;
  const fault = (...reasons: string[]) => ({ title: list.importFailed(file.name), reasons });
  let text: string;
  try {
    text = await file.text();
  } catch {
    return fault(list.fileUnreadable);
  }
  if (text.trim() === '') return fault(list.fileEmpty);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fault(list.fileNoJson);
  }
  const parsed = parseFlow(value);
  if (parsed.ok) return parsed.flow;
  const { problems } = parsed;
  const rest = problems.length - SHOWN;
  const reasons = problems.slice(0, SHOWN).map((problem) => describePlace(problem, strings));
  return fault(...reasons, ...(rest > 0 ? [list.moreProblems(rest)] : []));
}

/** The sentence of a translated problem is about no place in particular; the engine's own says it. */
function describePlace(problem: Problem, strings: Strings): string {
  const text = describeProblemText(problem, strings);
  return text !== problem.message && problem.path ? `${text} (${problem.path})` : text;
}
