/** Match mode of keywords (rule 3). */
export type TextMatch = 'contains' | 'word' | 'equals' | 'starts-with';

/** Matches if the session's first message contains a keyword (rule 3). */
export interface TextTest {
  kind: 'first-message-text';
  /** Match mode. Default: `contains`. */
  match?: TextMatch;
  keywords: string[];
  /** Whether `é` in a message matches `e` in a keyword. Default: false. */
  ignoreAccents?: boolean;
}
