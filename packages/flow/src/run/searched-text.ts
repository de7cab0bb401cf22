import { BEGINS, ENDS, wordEdges } from './word-edges.ts';

/**
 * Maximum cost of plain searches in one text, in character comparisons. Normal messages and flows stay far
 * below. Beyond it an index is used, which hostile keywords cannot slow down.
 */
const PLAIN = 2_000_000;
/** Fixed cost of one search, in character comparisons. */
const CALL = 16;

/** Number of characters of a keyword that are compared at once. Halved until they match. */
const AT_ONCE = 256;

/** Folded text with cached data for searches of folded, non-empty keywords. */
export class SearchedText {
  readonly text: string;
  #cost = 0;
  #edges: Uint8Array | undefined;
  /** Start positions of the text's suffixes, sorted by code units. */
  #order: Uint32Array | undefined;
  #units: Uint16Array | undefined;
  readonly #words = new Map<string, boolean>();

  constructor(text: string) {
    this.text = text;
  }

  /** Returns whether the text contains a folded keyword. */
  contains(keyword: string): boolean {
    if (this.#isCheap(keyword)) return this.text.includes(keyword);
    const [low, high] = this.#places(keyword);
    return low < high;
  }

  /** Returns whether the text contains a folded keyword as a word. */
  hasWord(keyword: string): boolean {
    const { text } = this;
    if (!this.#isCheap(keyword)) return this.#findWord(keyword);
    for (let from = text.indexOf(keyword); from >= 0; from = text.indexOf(keyword, from + 1))
      if (this.#isWord(from, keyword)) return true;
    return false;
  }

  /** Word edges of the text, see `wordEdges`. Set it for a text of which only a part is known. */
  get edges(): Uint8Array {
    return (this.#edges ??= wordEdges(this.text));
  }

  set edges(edges: Uint8Array) {
    this.#edges = edges;
  }

  #isCheap(keyword: string): boolean {
    this.#cost += this.text.length * (keyword.length + CALL);
    if (this.#cost < PLAIN) return true;
    if (!this.#order) {
      this.#units = Uint16Array.from({ length: this.text.length }, (_, index) => this.text.charCodeAt(index));
      this.#order = sortSuffixes(this.#units);
    }
    return false;
  }

  #isWord(from: number, { length }: string): boolean {
    return (this.edges[from]! & BEGINS) > 0 && (this.edges[from + length]! & ENDS) > 0;
  }

  /**
   * Finds a word in the index. The result is cached for all tests, because a keyword can occur many times
   * without being a word.
   */
  #findWord(keyword: string): boolean {
    let found = this.#words.get(keyword);
    if (found === undefined) {
      const [low, high] = this.#places(keyword);
      found = false;
      for (let place = low; place < high && !found; place++)
        found = this.#isWord(this.#order![place]!, keyword);
      this.#words.set(keyword, found);
    }
    return found;
  }

  /**
   * Returns the range of the index whose suffixes begin with a keyword. Narrows it from the first character
   * to the last.
   */
  #places(keyword: string): [low: number, high: number] {
    const { text } = this;
    const units = this.#units!;
    const order = this.#order!;
    const last = units.length - keyword.length;
    let [low, high] = [0, order.length];
    let size = AT_ONCE;
    let depth = 0;
    while (depth < keyword.length) {
      // Skip suffixes that are too short for the keyword. A suffix that ends here is the first of the range.
      while (low < high && order[low]! > last) low++;
      if (low === high) break;
      const from = order[low]! + depth;
      const to = order[high - 1]! + depth;
      // Suffixes are sorted: if the first and the last continue alike, all suffixes between them do.
      if (size > 8) {
        const part = keyword.slice(depth, depth + size);
        if (text.slice(from, from + part.length) === part && text.slice(to, to + part.length) === part)
          depth += part.length;
        else size >>= 1;
        continue;
      }
      const wanted = keyword.charCodeAt(depth);
      if (units[from] !== wanted || units[to] !== wanted) {
        low = firstFrom(units, order, [low, high], depth, wanted);
        high = firstFrom(units, order, [low, high], depth, wanted + 1);
        size = AT_ONCE;
      }
      depth++;
    }
    return [low, high];
  }
}

/** Returns the first of sorted suffixes whose code unit at a depth is not below `unit`. */
function firstFrom(
  units: Uint16Array,
  order: Uint32Array,
  [low, high]: [number, number],
  depth: number,
  unit: number,
): number {
  while (low < high) {
    const middle = (low + high) >> 1;
    if (units[order[middle]! + depth]! < unit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Sorts the suffixes of a text by their first code unit, then by the first 2, 4, 8 and so on (Manber and
 * Myers, 1993).
 */
function sortSuffixes(units: Uint16Array): Uint32Array {
  const { length } = units;
  const order = Uint32Array.from(units, (_, index) => index).sort((a, b) => units[a]! - units[b]!);
  const bySecond = new Uint32Array(length);
  let ranks = Uint32Array.from(units);
  for (let width = 0; ; width = width * 2 || 1) {
    if (width > 0) {
      // Suffixes without a second half come first. The others are sorted by the rank of their second half,
      // then stably by that of their first half.
      let place = 0;
      for (let index = Math.max(0, length - width); index < length; index++) bySecond[place++] = index;
      for (const index of order) if (index >= width) bySecond[place++] = index - width;
      const starts = new Uint32Array(length + 1);
      for (const rank of ranks) starts[rank + 1]!++;
      for (let rank = 0; rank < length; rank++) starts[rank + 1]! += starts[rank]!;
      for (const index of bySecond) order[starts[ranks[index]!]!++] = index;
    }
    const next = new Uint32Array(length);
    let rank = 0;
    for (let place = 1; place < length; place++) {
      const [index, before] = [order[place]!, order[place - 1]!];
      if (ranks[index] !== ranks[before] || ranks[index + width] !== ranks[before + width]) rank++;
      next[index] = rank;
    }
    if (rank + 1 >= length) return order;
    ranks = next;
  }
}
