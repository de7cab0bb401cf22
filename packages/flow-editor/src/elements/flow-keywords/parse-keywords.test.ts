import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endsKeyword, isQuoteOpen, parseKeywords } from './parse-keywords.ts';

test('commas, semicolons and line breaks separate keywords, and surrounding spaces are removed', () => {
  assert.deepEqual(parseKeywords('vip ,  prioritas;refund\nbatal  pesanan'), [
    'vip',
    'prioritas',
    'refund',
    'batal pesanan',
  ]);
});

test('lists of other scripts and from documents are split', () => {
  for (const [text, keywords] of [
    ['退款，取消', ['退款', '取消']],
    ['返品、交換；注文', ['返品', '交換', '注文']],
    ['طلب، إلغاء؛ شحن', ['طلب', 'إلغاء', 'شحن']],
    ['vip\tprioritas', ['vip', 'prioritas']],
    ['• vip\r\n• prioritas\n', ['vip', 'prioritas']],
    ['- vip\n- e-mail\n* refund', ['vip', 'e-mail', 'refund']],
    ['-50%', ['-50%']],
  ] as const)
    assert.deepEqual(parseKeywords(text), keywords, text);
});

test('each separator ends a keyword that is typed, but not within quotes', () => {
  for (const separator of ',;，、；،؛') {
    assert.equal(endsKeyword(`vip${separator}`), true, separator);
    assert.equal(endsKeyword(`"vip${separator}`), false, separator);
  }
});

test('quotes keep a comma inside a keyword', () => {
  assert.deepEqual(parseKeywords('"halo, kak", hai'), ['halo, kak', 'hai']);
  assert.deepEqual(parseKeywords('“satu, dua”'), ['satu, dua']);
  assert.deepEqual(parseKeywords('satu, "dua, tiga" , empat'), ['satu', 'dua, tiga', 'empat']);
});

test('blank and duplicate keywords are dropped', () => {
  assert.deepEqual(parseKeywords(' , VIP, vip,', []), ['VIP']);
  assert.deepEqual(parseKeywords('Vip, baru', ['vip']), ['baru']);
});

test('a comma within an open quote does not end the keyword', () => {
  assert.equal(isQuoteOpen('"halo'), true);
  assert.equal(isQuoteOpen('"halo"'), false);
});
