/** Upper bounds of a document. `parseFlow` refuses what is beyond them. */
export interface FlowLimits {
  /** Cards in a flow. */
  cards: number;
  /** Depth of a card, `start` being 0. */
  depth: number;
  /** Code points of a text. */
  text: number;
  /** Code points of a keyword. */
  keyword: number;
  /** Keywords of one test. */
  testKeywords: number;
  /** Keywords of the whole flow. */
  keywords: number;
  /** Bytes of the whole document as JSON in UTF-8. */
  bytes: number;
}

/** The bounds of format `alur.flow/2`. */
export const flowLimits: Readonly<FlowLimits> = {
  cards: 2000,
  depth: 100,
  text: 10_000,
  keyword: 1000,
  testKeywords: 500,
  keywords: 5000,
  bytes: 2 * 1024 * 1024,
};

/** Most windows of one time test. */
export const WINDOWS = 20;

/** Most languages that a text, label or image has beside its own. */
export const LANGUAGES = 10;

/**
 * How deep values may nest, the document itself being 0: more than any document needs, less than hurts a
 * reader.
 */
export const NESTING = 32;

/** How many problems are reported before the rest is left out. */
export const PROBLEMS = 1000;

/** Length in code points, as every limit of the format counts. */
export function codePoints(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}
