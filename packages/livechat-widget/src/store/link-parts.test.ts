import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { linkParts } from './link-parts.ts';
import { safeImageUrl, safeUrl } from './safe-url.ts';

const links = (text: string) =>
  linkParts(text).flatMap(({ text: words, href }) => (href ? [[words, href]] : []));

test('addresses become links, the sentence keeps its punctuation', () => {
  assert.deepEqual(links('See https://a.example/x?y=1, or (www.b.example).'), [
    ['https://a.example/x?y=1', 'https://a.example/x?y=1'],
    ['www.b.example', 'https://www.b.example/'],
  ]);
  assert.deepEqual(links('https://en.wikipedia.org/wiki/Kopi_(minuman)'), [
    ['https://en.wikipedia.org/wiki/Kopi_(minuman)', 'https://en.wikipedia.org/wiki/Kopi_(minuman)'],
  ]);
  assert.deepEqual(links('Write to halo@toko.example!'), [['halo@toko.example', 'mailto:halo@toko.example']]);
});

test('what is no safe address stays text', () => {
  for (const text of [
    'javascript:alert(1)',
    'data:text/html,x',
    'https://',
    'file:///etc/passwd',
    'a.b',
    '@me',
  ]) {
    assert.deepEqual(links(text), [], text);
  }
});

test('the pieces always make up the text again, and every link is safe', () => {
  const piece = fc.constantFrom(
    'https://a.example',
    'javascript:x',
    'www.',
    ' ',
    '.',
    ')',
    '<b>',
    'tel:+62',
    'x@y.zz',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      const parts = linkParts(text);
      assert.equal(parts.map((part) => part.text).join(''), text);
      for (const { href } of parts) if (href) assert.match(href, /^(https?|mailto|tel):/);
    }),
  );
});

test('only http, https, mailto and tel are followed; pictures come by http and https alone', () => {
  assert.equal(safeUrl('HTTPS://A.example'), 'https://a.example/');
  assert.equal(safeUrl('tel:+6281'), 'tel:+6281');
  for (const address of [
    '\u0001javascript:alert(1)',
    ' java\nscript:alert(1)',
    'vbscript:x',
    'blob:x',
    '//a',
    '',
    null,
  ]) {
    assert.equal(safeUrl(address), null, String(address));
  }
  assert.equal(safeImageUrl('mailto:a@b.example'), null);
  assert.equal(safeImageUrl('data:image/svg+xml,<svg onload=alert(1)>'), null);
});
