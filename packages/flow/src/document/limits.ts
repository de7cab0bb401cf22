/** Upper bounds of a document. `parseFlow` rejects documents beyond them. */
export interface FlowLimits {
  /** Maximum number of cards in a flow. */
  cards: number;
  /** Maximum depth of a card. `start` has depth 0. */
  depth: number;
  /** Maximum length of a text, in code points. */
  text: number;
  /** Maximum length of a keyword, in code points. */
  keyword: number;
  /** Maximum number of keywords in one test. */
  testKeywords: number;
  /** Maximum number of keywords in the whole flow. */
  keywords: number;
  /** Maximum size of the document as JSON in UTF-8, in bytes. */
  bytes: number;
}

/** Limits of the format `alur.flow/2`. */
export const flowLimits: Readonly<FlowLimits> = {
  cards: 2000,
  depth: 100,
  text: 10_000,
  keyword: 1000,
  testKeywords: 500,
  keywords: 5000,
  bytes: 2 * 1024 * 1024,
};

/** Maximum number of windows in one time test. */
export const WINDOWS = 20;

/** Maximum number of translations of a text, label or image. */
export const LANGUAGES = 10;

/** Maximum nesting of values. The document itself has depth 0. No valid document needs more. */
export const NESTING = 32;

/** Maximum number of reported problems. */
export const PROBLEMS = 1000;

/** Returns the length of a text in code points, the unit of all limits of the format. */
export function codePoints(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}
