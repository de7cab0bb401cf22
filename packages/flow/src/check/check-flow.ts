import type { AuthorKinds, Directory } from '../kinds/author-kind.ts';
import { authorKinds } from '../kinds/author-kinds.ts';
import type { Card, Flow, Problem } from '../document/flow.ts';
import { codePoints } from '../document/limits.ts';
import { startOf, subtreeOf } from '../document/tree.ts';
import { invertedOffset, isTimeZone } from '../document/time-zone.ts';
import { invertedZone } from './inverted-zone.ts';
import { isBlank } from '../run/is-blank.ts';
import { checkBranches } from './check-branches.ts';
import { checkCard } from './check-card.ts';
import { checkPaths } from './check-paths.ts';

/** Options of `checkFlow`. */
export interface CheckOptions {
  /** Channel of the inbox. `whatsapp` adds warnings. Default: `livechat`. */
  channel?: string;
  /** Labels, agents, teams and AI agents of the host. Ids are checked against the lists that are given. */
  directory?: Directory;
  /** Kinds of cards and tests. Default: the built-in kinds. */
  kinds?: AuthorKinds;
}

/** Maximum length of a flow name, in code points. */
const NAME_MAX = 100;

/**
 * Checks a flow that `parseFlow` returned. Returns errors, which keep the flow from going live, and warnings
 * about probable mistakes. Problems of the flow itself come first, then those of its cards in depth-first
 * order.
 */
export function checkFlow(flow: Flow, options: CheckOptions = {}): Problem[] {
  const context = {
    flow,
    channel: options.channel ?? 'livechat',
    directory: options.directory ?? {},
    kinds: options.kinds ?? authorKinds,
  };
  const order = subtreeOf(flow, startOf(flow));
  const rank = new Map(order.map((id, index) => [id, index]));
  const problems = [
    ...checkHead(flow, context.kinds),
    ...order.flatMap((cardId) => checkCard(cardId, context)),
    ...checkPaths(flow, context.kinds),
    ...checkBranches(flow, context.kinds),
  ];
  const place = ({ cardId }: Problem) => (cardId === undefined ? -1 : (rank.get(cardId) ?? rank.size));
  return problems.sort((a, b) => place(a) - place(b));
}

function checkHead(flow: Flow, kinds: AuthorKinds): Problem[] {
  const problems: Problem[] = [];
  const error = (code: string, path: string, message: string) =>
    problems.push({ code, severity: 'error', path, message });
  if (isBlank(flow.name)) error('empty-field', '/name', 'The flow has no name; give it one.');
  if (codePoints(flow.name) > NAME_MAX)
    error('too-long', '/name', `The name is longer than ${NAME_MAX} characters.`);
  const isNeeded = Object.values(flow.cards).some((card) => usesZoneOfFlow(card, kinds));
  if (flow.timeZone ? !isTimeZone(flow.timeZone) : isNeeded) {
    error(
      'bad-time-zone',
      '/timeZone',
      `"${flow.timeZone}" is not a time zone; use a name such as Asia/Jakarta.`,
    );
  }
  const offset = invertedOffset(flow.timeZone);
  if (offset !== null) problems.push({ ...invertedZone(flow.timeZone, offset), path: '/timeZone' });
  return problems;
}

/** Returns whether a condition's test reads the flow's time zone, because it has none of its own. */
function usesZoneOfFlow(card: Card, kinds: AuthorKinds): boolean {
  const test = card.kind === 'condition' ? card.test : null;
  const fields = (test && kinds.tests.get(test.kind)?.fields) ?? [];
  return fields.some(({ type, name }) => type === 'time-zone' && !(test as Record<string, unknown>)[name]);
}
