import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plain } from './plain.ts';
import { quote } from './quote.ts';

test('a right-to-left text is isolated from the surrounding texts', () => {
  for (const text of ['طلب', 'שלום', 'promo طلب', 'ޅ', '\u{1e900}'])
    assert.equal(quote(text), `“\u2068${text}\u2069”`);
});

test('other texts are only quoted', () => {
  for (const text of ['vip', '退款', 'ยกเลิก', 'अनिल', '❤️', '']) assert.equal(quote(text), `“${text}”`);
});

test('author texts in a description are quoted in the same way', () => {
  assert.equal(plain('memuat *vip* atau *طلب*'), 'memuat “vip” atau “\u2068طلب\u2069”');
});
