/** Returns the candidate with the fewest changes from `word`, or null when none is close. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  let best: string | null = null;
  // Beyond a third of the letters, it counts as a different word.
  let least = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const changes = candidate.startsWith(word) && word.length > 2 ? 1 : distance(word, candidate);
    if (changes < least) [best, least] = [candidate, changes];
  }
  return best;
}

/**
 * Returns the number of letters to add, remove, replace or swap with their neighbour (optimal string
 * alignment).
 */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i++) {
    const [above = [], twoAbove = []] = [rows[i - 1], rows[i - 2]];
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const replaced = above[j - 1]! + (isSame ? 0 : 1);
      const swapped = isSwap ? twoAbove[j - 2]! + 1 : Infinity;
      row[j] = Math.min(row[j - 1]! + 1, above[j]! + 1, replaced, swapped);
    }
    rows[i] = row;
  }
  return rows[a.length]![b.length]!;
}
