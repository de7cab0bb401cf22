import type { AuthorKinds } from '../kinds/author-kind.ts';
import { authorKinds } from '../kinds/author-kinds.ts';
import { copyJson, type CopyFault } from './copy-json.ts';
import { type Flow, FLOW_FORMAT, type ParseResult } from './flow.ts';
import { flowLimits, type FlowLimits } from './limits.ts';
import { migrateFlow } from './migrate.ts';
import type { Migration } from './migration.ts';
import { parseExamples } from './parse-examples.ts';
import { fieldReader, isObject, nameOf } from './parse-fields.ts';
import { parseTree, type TreeCard } from './parse-tree.ts';
import { cardPath, pointer, ProblemList } from './problem-list.ts';

/** Options of `parseFlow`. */
export interface ParseOptions {
  /** Limits that differ from `flowLimits`. */
  limits?: Partial<FlowLimits>;
  /** Kinds of cards and tests. Fields of other kinds are kept unread. Default: the built-in kinds. */
  kinds?: AuthorKinds;
  /** Migrations from older formats. Default: all. */
  migrations?: readonly Migration[];
}

const ID = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * Parses a flow document. A parsed flow has valid types, is one tree and is within the limits. It can be
 * unfinished; use `checkFlow` before it goes live. Accepts any value, such as the result of `JSON.parse`, and
 * never throws. Returns a deep copy, or all problems of the document.
 */
export function parseFlow(value: unknown, options: ParseOptions = {}): ParseResult {
  const limits = { ...flowLimits, ...options.limits };
  const kinds = options.kinds ?? authorKinds;
  const problems = new ProblemList();
  const refused = () => ({ ok: false as const, problems: problems.problems });

  const copy = copyJson(value, limits.bytes);
  for (const fault of copy.faults) problems.error(fault.code, faultMessage(fault, limits), placeOf(fault));
  if (copy.value === undefined) return refused();
  problems.settle();
  if (!isObject(copy.value)) {
    problems.error('wrong-type', `A flow is a JSON object, not ${nameOf(value)}.`, { path: '' });
    return refused();
  }
  const flow = migrateFlow(copy.value, options.migrations);
  if (!flow) {
    reportFormat(copy.value['format']);
    return refused();
  }

  for (const name of ['id', 'name', 'timeZone']) {
    if (typeof flow[name] === 'string') continue;
    problems.error('wrong-type', `The flow needs a string as ${name}, not ${nameOf(flow[name])}.`, {
      path: `/${name}`,
    });
  }
  if (typeof flow['id'] === 'string' && !ID.test(flow['id'])) {
    problems.error('bad-id', 'The id of a flow is 1 to 64 letters, digits, "_" and "-".', { path: '/id' });
  }
  for (const name of ['name', 'timeZone']) {
    const text = flow[name];
    if (typeof text !== 'string' || [...text].length <= limits.text) continue;
    problems.error('text-too-long', `The ${name} of the flow has more than ${limits.text} characters.`, {
      path: `/${name}`,
    });
  }
  parseCards(flow['cards']);
  parseExamples(flow['examples'], problems);
  return problems.problems.length > 0 ? refused() : { ok: true, flow: flow as unknown as Flow };

  function reportFormat(format: unknown): void {
    if (typeof format === 'string' && format.startsWith('alur.flow/')) {
      problems.error(
        'unknown-format',
        `Format "${format}" is not known here; this reads "${FLOW_FORMAT}". Was it written by a newer Alur?`,
        { path: '/format', data: { format } },
      );
    } else {
      problems.error('not-a-flow', `This is not an Alur flow: its "format" is not "${FLOW_FORMAT}".`, {
        path: '/format',
      });
    }
  }

  function parseCards(cards: unknown): void {
    if (!isObject(cards)) {
      problems.error('wrong-type', `The flow needs an object as cards, not ${nameOf(cards)}.`, {
        path: '/cards',
      });
      return;
    }
    const entries = Object.entries(cards);
    if (entries.length > limits.cards) {
      problems.error(
        'too-many-cards',
        `The flow has ${entries.length} cards; at most ${limits.cards} are allowed.`,
        {
          path: '/cards',
          data: { count: entries.length, max: limits.cards },
        },
      );
      return;
    }
    const readFields = fieldReader(kinds, limits, problems);
    const tree = new Map<string, TreeCard>();
    const unread = new Set(copy.faults.flatMap(lostCard));
    for (const [cardId, card] of entries) {
      if (!ID.test(cardId)) {
        problems.error('bad-id', 'The id of a card is 1 to 64 letters, digits, "_" and "-".', {
          path: cardPath(cardId),
        });
      }
      if (isCard(cardId, card)) tree.set(cardId, card);
      else unread.add(cardId);
      if (isObject(card)) readFields(cardId, card);
    }
    parseTree(tree, unread, limits, kinds, problems);
  }

  function isCard(cardId: string, card: unknown): card is TreeCard & Record<string, unknown> {
    const wrong = (expected: string, found: unknown, ...rest: string[]) => {
      problems.error('wrong-type', `Card "${cardId}" needs ${expected}, not ${nameOf(found)}.`, {
        cardId,
        path: cardPath(cardId, ...rest),
        data: { expected },
      });
      return false;
    };
    if (!isObject(card)) return wrong('to be an object', card);
    const { kind, next } = card;
    const named =
      (typeof kind === 'string' && kind !== '') || wrong('the name of a kind as kind', kind, 'kind');
    const listed =
      (Array.isArray(next) && next.every((id) => typeof id === 'string')) ||
      wrong('a list of card ids as next', next, 'next');
    return named && listed;
  }
}

function placeOf({ place }: CopyFault): { path: string; cardId?: string } {
  const isInCard = place[0] === 'cards' && place.length > 1;
  return { path: pointer(place), ...(isInCard && { cardId: String(place[1]) }) };
}

/** Returns the id of the card that the copy omits, in a list; empty if the fault is not about a card. */
function lostCard({ code, place }: CopyFault): string[] {
  return place[0] === 'cards' && place.length === 2 && code !== 'bad-text' ? [String(place[1])] : [];
}

function faultMessage({ code, place }: CopyFault, limits: FlowLimits): string {
  const where = pointer(place) || 'the document';
  switch (code) {
    case 'not-json':
      return `There is something at ${where} that JSON cannot hold.`;
    case 'bad-key':
      return `${where} uses a name that no property may have.`;
    case 'bad-text':
      return `The text at ${where} holds half a character or a NUL; write it again.`;
    case 'too-nested':
      return `Values nest too deeply at ${where}.`;
    case 'too-large':
      return `The document is larger than ${limits.bytes} bytes.`;
  }
}
