import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { SCRIPTS } from '../testing/scripts.ts';
import { splitLinks } from './links.ts';
import { safeImageUrl, safeUrl } from './safe-url.ts';

const links = (text: string) =>
  splitLinks(text).flatMap(({ text: words, href }) => (href ? [[words, href]] : []));

test('addresses become links without the punctuation of the sentence', () => {
  assert.deepEqual(links('See https://a.example/x?y=1, or (www.b.example).'), [
    ['https://a.example/x?y=1', 'https://a.example/x?y=1'],
    ['www.b.example', 'https://www.b.example/'],
  ]);
  assert.deepEqual(links('https://en.wikipedia.org/wiki/Kopi_(minuman)'), [
    ['https://en.wikipedia.org/wiki/Kopi_(minuman)', 'https://en.wikipedia.org/wiki/Kopi_(minuman)'],
  ]);
  assert.deepEqual(links('Write to halo@toko.example!'), [['halo@toko.example', 'mailto:halo@toko.example']]);
});

/** Checks, for each text, the parts that become links. */
function linked(cases: Record<string, string[]>) {
  for (const [text, expected] of Object.entries(cases))
    assert.deepEqual(
      links(text).map(([words]) => words),
      expected,
      text,
    );
}

test('brackets belong to an address if both halves are inside', () => {
  linked({
    '(lihat https://en.example/Kopi_(minuman))': ['https://en.example/Kopi_(minuman)'],
    '[https://a.example/x]': ['https://a.example/x'],
    '{https://a.example/x}': ['https://a.example/x'],
    '[teks](https://a.example/x).': ['https://a.example/x'],
    '(https://a.example/x)(y)': ['https://a.example/x'],
    'https://a.example/x[(1)]!': ['https://a.example/x[(1)]'],
    'https://a.example/x[(1])': ['https://a.example/x[(1'],
    'https://[2001:db8::1]/x': ['https://[2001:db8::1]/x'],
  });
});

test('punctuation and markup around an address stay outside', () => {
  linked({
    '**https://a.example/x**': ['https://a.example/x'],
    '_https://a.example/x_': ['https://a.example/x'],
    "'https://a.example/x',": ['https://a.example/x'],
    'https://a.example/x_': ['https://a.example/x_'],
    '请看https://a.example/x。谢谢': ['https://a.example/x'],
    '请看https://a.example谢谢': ['https://a.example'],
    'https://3m中国.example/x': ['https://3m中国.example/x'],
    'https://a.example/x؟': ['https://a.example/x'],
    'https://a.example/x…': ['https://a.example/x'],
    'https://a.example/Moore’s_law’': ['https://a.example/Moore’s_law'],
    'https://a.example/2021–22': ['https://a.example/2021–22'],
    'https://a.example/ゲーム・本': ['https://a.example/ゲーム・本'],
    'https://a.example\\b | x': ['https://a.example'],
    'ftp://www.a.example': [],
  });
});

test('an e-mail address is linked whole or not at all', () => {
  linked({
    'josé.garcía@correo.example': ['josé.garcía@correo.example'],
    'jose\u0301@correo.example.': ['jose\u0301@correo.example'],
    "o'malley@mail.example": ["o'malley@mail.example"],
    "'halo@toko.example'": ['halo@toko.example'],
    '**halo@toko.example**': ['halo@toko.example'],
    '_halo@toko.example_': ['halo@toko.example'],
    '<halo@toko.example>,(b@toko.example)': ['halo@toko.example', 'b@toko.example'],
    '邮箱：halo@toko.example。': ['halo@toko.example'],
    '请写信给halo@toko.example谢谢': ['halo@toko.example'],
    '✉️halo@toko.example': ['halo@toko.example'],
    'mailto:halo@toko.example?subject=Hai!': ['mailto:halo@toko.example?subject=Hai'],
    'o’malley@mail.example': [],
    'a&b@mail.example': [],
    'email=b@mail.example': [],
    'a@b@mail.example': [],
    'git@host.example:toko/web': [],
    'b@mail.example_x': [],
    '_b@mail.example_x': [],
    'b@mail.exam\u00adple': [],
    'a\u200bb@mail.example': [],
    '用户b用@mail.example': [],
    'a..b@mail.example': [],
    [`${'a'.repeat(70)}@mail.example`]: [],
  });
});

test('bidirectional controls end an address', () => {
  for (const control of '\u061c\u200e\u200f\u202a\u202e\u2066\u2069')
    linked({ [`https://a.example/${control}gpj.exe`]: ['https://a.example/'] });
});

for (const { script, sentence } of SCRIPTS)
  test(`addresses are found in a sentence: ${script}`, () => {
    for (const address of ['https://a.example/x', 'www.a.example/x', 'halo@a.example'])
      linked({ [sentence.replace('{}', address)]: [address] });
  });

test('long texts are read once', () => {
  const pieces = [
    'http://a' + ')'.repeat(9_990),
    'www.((((',
    '@',
    'a@',
    'mailto:a@b@',
    'http://(',
    '\u202ewww.',
    '*a@b.cd',
  ];
  for (const piece of pieces) {
    const text = piece.repeat(Math.ceil(100_000 / piece.length));
    const start = process.cpuUsage();
    splitLinks(text);
    const { user } = process.cpuUsage(start);
    assert.ok(user < 1_500_000, `${piece.slice(0, 20)}: ${user / 1000} ms`);
  }
});

test('an unsafe address stays text', () => {
  for (const text of [
    'javascript:alert(1)',
    'data:text/html,x',
    'https://',
    'file:///etc/passwd',
    'a.b',
    '@me',
    'www.',
    'Tel: 0812',
    'mailto:',
    'https://bank.example@evil.example/login',
  ]) {
    assert.deepEqual(links(text), [], text);
  }
});

test('the parts join to the same text, and every link is safe', () => {
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
    'mailto:x@y.zz',
    '@',
    "'",
    '(',
    '\u202e',
    '谢',
    'é',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      const parts = splitLinks(text);
      assert.equal(parts.map((part) => part.text).join(''), text);
      for (const { href } of parts) if (href) assert.match(href, /^(https?|mailto|tel):/);
    }),
  );
});

test('only http, https, mailto and tel are followed', () => {
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

test('an image needs an https URL; a page on localhost also accepts an http URL on localhost', () => {
  const local = 'http://localhost:8787/a.png';
  const localPage = 'http://127.0.0.1:5173/shop';
  assert.equal(safeImageUrl('https://a.example/a.png'), 'https://a.example/a.png');
  assert.equal(safeImageUrl(local, localPage), local);
  assert.equal(safeImageUrl('http://[::1]/a.png', localPage), 'http://[::1]/a.png');
  for (const [address, page] of [
    [local, undefined],
    [local, 'https://localhost/'],
    [local, 'https://shop.example/'],
    [local, 'http://localhost.shop.example/'],
    ['http://a.example/a.png', localPage],
    ['http://localhost@a.example/a.png', localPage],
    ['http://localhost.a.example/a.png', localPage],
  ] as const)
    assert.equal(safeImageUrl(address, page), null, `${address} on ${page}`);
});
