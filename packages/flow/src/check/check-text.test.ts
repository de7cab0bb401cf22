import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Card, Flow } from '../document/flow.ts';
import { FLOW_FORMAT } from '../document/flow.ts';
import { parseFlow } from '../document/parse-flow.ts';
import { checkFlow } from './check-flow.ts';

const end: Card = { kind: 'assign-ai', aiAgentId: 'ai', agentIds: [], next: [] };

function problems(cards: Record<string, Card>, name = 'F') {
  const flow: Flow = { format: FLOW_FORMAT, id: 'f', name, timeZone: 'Asia/Jakarta', cards };
  return checkFlow(flow).map(({ code, cardId }) => `${code} ${cardId ?? ''}`.trim());
}

/** Returns a flow with a fork that has one condition for each list of keywords. */
function forkOf(...tests: (string[] | { keywords: string[]; [field: string]: unknown })[]) {
  const cards: Record<string, Card> = {
    start: { kind: 'start', next: [...tests.map((_, n) => `c${n}`), 'o'] },
    o: { kind: 'else', next: ['eo'] },
    eo: end,
  };
  for (const [n, test] of tests.entries()) {
    const fields = Array.isArray(test) ? { keywords: test } : test;
    cards[`c${n}`] = { kind: 'condition', test: { kind: 'first-message-text', ...fields }, next: [`e${n}`] };
    cards[`e${n}`] = end;
  }
  return cards;
}

function buttonsOf(...labels: string[]) {
  const cards: Record<string, Card> = {
    start: { kind: 'start', next: ['q'] },
    q: { kind: 'buttons', text: 'Pilih', next: [...labels.map((_, n) => `b${n}`), 'o'] },
    o: { kind: 'else', next: ['eo'] },
    eo: end,
  };
  for (const [n, label] of labels.entries()) {
    cards[`b${n}`] = { kind: 'button', label, next: [`e${n}`] };
    cards[`e${n}`] = end;
  }
  return cards;
}

describe('invisible texts', () => {
  it('are empty fields: names, messages, labels and keywords', () => {
    assert.deepEqual(problems(forkOf(['\u200b'], ['ok', '\u2060 '])), ['empty-field c0', 'empty-field c1']);
    assert.deepEqual(problems(buttonsOf('\u200b', 'Ya')), ['empty-field b0']);
    const said: Record<string, Card> = {
      start: { kind: 'start', next: ['m'] },
      m: { kind: 'message', text: '\u3164', next: ['e'] },
      e: end,
    };
    assert.deepEqual(problems(said, '\u200b'), ['empty-field', 'empty-field m']);
  });

  it('are empty keywords if folding removes them', () => {
    assert.deepEqual(problems(forkOf(['🏽'])), ['empty-field c0']);
  });
});

describe('buttons', () => {
  it('are duplicates if their labels are equal after folding', () => {
    assert.deepEqual(problems(buttonsOf('Ya', 'Ya\u200b')), ['duplicate-button b1']);
    assert.deepEqual(problems(buttonsOf('Jum’at', "JUM'AT")), ['duplicate-button b1']);
  });

  it('are not duplicates if only closing punctuation differs', () => {
    assert.deepEqual(problems(buttonsOf('Ya', 'Ya!')), []);
  });

  it('can have a number as label in any script', () => {
    const labels = buttonsOf('٢', '2️⃣', '12', 'dua');
    assert.deepEqual(problems(labels), ['number-label b0', 'number-label b1', 'number-label b2']);
  });
});

describe('separators', () => {
  it('in a keyword are a warning', () => {
    for (const list of [
      'refund, batal',
      'a;b',
      '退款，取消',
      '返品、交換',
      'طلب، إلغاء',
      'a；b',
      'a؛b',
      'a\tb',
      'a\nb',
      '• refund',
      '- refund',
    ])
      assert.deepEqual(problems(forkOf([list])), ['keyword-separator c0'], list);
  });

  it('between digits are part of a number, and other characters are part of a keyword', () => {
    for (const keyword of ['1,5 juta', 'e-mail', "ma'af", 'a.b', 'ya?', '-'])
      assert.deepEqual(problems(forkOf([keyword])), [], keyword);
  });
});

describe('covered branches', () => {
  const accents = (...keywords: string[]) => ({ keywords, ignoreAccents: true });
  const word = (...keywords: string[]) => ({ keywords, match: 'word' });

  it('are found after folding', () => {
    assert.deepEqual(problems(forkOf(["ma'af"], ['ma’af ya'])), ['unreachable-branch c1']);
    assert.deepEqual(problems(forkOf(['ﷺ'.repeat(3)], ['a'])), []);
  });

  it('are found from a test with accents to one that ignores them, not in the other direction', () => {
    assert.deepEqual(problems(forkOf(accents('cafe'), ['café'])), ['unreachable-branch c1']);
    assert.deepEqual(problems(forkOf(accents('café'), accents('CAFE'))), ['unreachable-branch c1']);
    assert.deepEqual(problems(forkOf(['cafe'], accents('cafe'))), []);
  });

  it('are not reported if removing a mark can join the keyword with its neighbour', () => {
    assert.deepEqual(problems(forkOf(accents('가'), ['가'])), []);
    const equals = { keywords: ['가'], match: 'equals' };
    assert.deepEqual(problems(forkOf(accents('가'), equals)), ['unreachable-branch c1']);
  });

  it('are found for words by the rules of word boundaries', () => {
    assert.deepEqual(problems(forkOf(word('退款'), ['我要退款谢谢'])), ['unreachable-branch c1']);
    assert.deepEqual(problems(forkOf(word('can'), word('i can go'))), ['unreachable-branch c1']);
    assert.deepEqual(problems(forkOf(word('can'), word("can't"))), []);
    assert.deepEqual(problems(forkOf(word('vip'), ['vip_'])), []);
    // A combining mark may follow.
    assert.deepEqual(problems(forkOf(word('ก'), ['ก'])), []);
    assert.deepEqual(problems(forkOf(word('vip'), word('_vip'))), []);
  });
});

describe('bounds of keywords', () => {
  const read = (tests: number, keywords: number) => {
    const cards = forkOf(...Array.from({ length: tests }, () => Array.from({ length: keywords }, () => 'a')));
    const result = parseFlow({ format: FLOW_FORMAT, id: 'f', name: 'F', timeZone: '', cards });
    return result.ok ? [] : result.problems.map(({ code, path }) => `${code} ${path}`);
  };

  it('are 500 in a test', () => {
    assert.deepEqual(read(1, 500), []);
    assert.deepEqual(read(1, 501), ['too-many-keywords /cards/c0/test/keywords']);
  });

  it('are 5,000 in a flow, reported where they are exceeded', () => {
    assert.deepEqual(read(10, 500), []);
    assert.deepEqual(read(12, 450), ['too-many-keywords /cards/c11/test/keywords']);
  });
});
