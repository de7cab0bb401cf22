import type { TextTest } from '@alur/flow';
import type { EditorKind, SummaryRow } from './editor-kind.ts';
import { quote } from './quote.ts';
import { countTextRows } from './summary-text.ts';

export const textTestKind: EditorKind<TextTest> = {
  kind: 'first-message-text',
  tint: 'condition',
  icon: 'text',
  name: 'First Message Text',
  group: 'condition',
  searchWords: 'kondisi syarat cabang jika bila teks pesan pertama kata kunci isi if text keyword',
  summaryRows({ keywords, match = 'contains' }, { strings }): SummaryRow[] {
    if (keywords.length === 0) return [{ text: strings.face.noKeywords, tone: 'unset' }];
    const list = keywords.map(quote).join(', ');
    return [{ text: `${strings.matchVerbs[match]} ${list}`, span: countKeywordRows(keywords) }];
  },
  countRows: ({ keywords }) => countKeywordRows(keywords),
  hints: ({ keywordsHint, accentsHint }) => ({ keywords: keywordsHint, ignoreAccents: accentsHint }),
};

/** Returns the number of rows for a list of keywords, including its verb and quotation marks. */
function countKeywordRows(keywords: readonly string[]): 1 | 2 {
  return countTextRows(`contains  ${keywords.map((keyword) => `“${keyword}”`).join(', ')}`);
}
