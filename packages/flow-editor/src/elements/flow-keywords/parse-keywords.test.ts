import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isQuoteOpen, parseKeywords } from './parse-keywords.ts';

test('commas, semicolons and line ends separate keywords, spaces around them are dropped', () => {
  assert.deepEqual(parseKeywords('vip ,  prioritas;refund\nbatal  pesanan'), [
    'vip',
    'prioritas',
    'refund',
    'batal pesanan',
  ]);
});

test('quotes keep a comma inside a keyword', () => {
  assert.deepEqual(parseKeywords('"halo, kak", hai'), ['halo, kak', 'hai']);
  assert.deepEqual(parseKeywords('“satu, dua”'), ['satu, dua']);
  assert.deepEqual(parseKeywords('satu, "dua, tiga" , empat'), ['satu', 'dua, tiga', 'empat']);
});

test('blank keywords and those that are there already are dropped', () => {
  assert.deepEqual(parseKeywords(' , VIP, vip,', []), ['VIP']);
  assert.deepEqual(parseKeywords('Vip, baru', ['vip']), ['baru']);
});

test('a comma within an open quote does not end the keyword', () => {
  assert.equal(isQuoteOpen('"halo'), true);
  assert.equal(isQuoteOpen('"halo"'), false);
});
