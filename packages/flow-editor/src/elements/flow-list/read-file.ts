import { parseFlow, type Flow, type Problem } from '@alur/flow';
import type { Strings } from '../../strings/strings.ts';
import { describeProblemText } from '../problem-text.ts';

/** Reason why a file is not a flow, in the editor's language. */
export interface FileFault {
  title: string;
  /** Sentences with details, at most three. */
  reasons: string[];
}

/** Maximum number of reasons, so that a completely invalid file does not fill the page. */
const SHOWN = 3;

/** Reads a flow from a file that the user selected. */
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

/** Returns the text of a problem. A translated text does not name its card, so the card's id is appended. */
function describePlace(problem: Problem, strings: Strings): string {
  const text = describeProblemText(problem, strings);
  const isTranslated = text !== problem.message;
  return isTranslated && problem.cardId ? `${text} ${strings.list.inCard(problem.cardId)}` : text;
}
