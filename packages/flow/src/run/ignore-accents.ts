import { ACCENTS, WITHOUT_ACCENTS, ZEROS } from './folding-table.ts';

const accents = new RegExp(`[${ACCENTS}]`, 'gu');
/** Index of a digit's script in `ZEROS`, and the value of the digit. */
export type Digit = [script: number, value: number];

const plain = new Map(WITHOUT_ACCENTS.split(' ').map(([letter = '', ...rest]) => [letter, rest.join('')]));

/**
 * Removes accents from a folded text: `café` becomes `cafe`, `straße` becomes `strasse`, `٣` becomes `3`.
 * Keeps `й`, which is a separate letter, and marks that change the letter in Indic scripts, Thai, Khmer,
 * Myanmar and kana.
 */
export function ignoreAccents(folded: string): string {
  if (!/[^\0-\x7f]/.test(folded)) return folded;
  return folded
    .split('й')
    .map((part) => part.normalize('NFD').replace(accents, ''))
    .join('й')
    .normalize('NFC')
    .replace(/[^\0-\x7f]/gu, (letter) => plain.get(letter) ?? String(digitOf(letter)?.[1] ?? letter));
}

/** Reads one decimal digit of any script; undefined for any other character. */
export function digitOf(character: string): Digit | undefined {
  const code = character.codePointAt(0)!;
  const script = ZEROS.findIndex((zero) => code >= zero && code < zero + 10);
  return script < 0 ? undefined : [script, code - ZEROS[script]!];
}
