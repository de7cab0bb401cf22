import type { Strings } from '../strings/strings.ts';
import type { AddChoice } from './add-choices.ts';

/**
 * Returns the choices that match every word of a query, best first. Ranks: a word of the name begins with it,
 * a search word or the group does, a word of the hint does, any of them contains it. Choices of a group stay
 * together, at the rank of the best one. A blank query returns all choices in their order.
 */
export function rankChoices(choices: readonly AddChoice[], query: string, strings: Strings): AddChoice[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...choices];
  const ranked = choices.flatMap((choice) => {
    const ranks = words.map((word) => rankOf(choice, word, strings));
    return ranks.includes(Infinity) ? [] : [{ choice, rank: Math.max(...ranks) }];
  });
  const bestOf = (group: string) =>
    Math.min(...ranked.filter(({ choice }) => choice.group === group).map(({ rank }) => rank));
  const groups = [...new Set(ranked.map(({ choice }) => choice.group))].toSorted(
    (a, b) => bestOf(a) - bestOf(b),
  );
  return groups.flatMap((group) =>
    ranked
      .filter(({ choice }) => choice.group === group)
      .toSorted((a, b) => a.rank - b.rank)
      .map(({ choice }) => choice),
  );
}

/** Returns the rank of a choice for one word: 0 is best, Infinity means no match. */
function rankOf(choice: AddChoice, word: string, { add }: Strings): number {
  const texts = [
    choice.name,
    `${add.groups[choice.group]} ${choice.searchWords}`,
    add.hints[choice.kind] ?? '',
  ].map((text) => text.toLowerCase());
  const atStart = texts.findIndex((text) => text.split(/[\s(]+/).some((part) => part.startsWith(word)));
  if (atStart >= 0) return atStart;
  return texts.some((text) => text.includes(word)) ? texts.length : Infinity;
}
