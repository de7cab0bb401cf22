import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { isHostProblem } from '../problem.ts';
import { ascii, gif, jpeg, png, text, webp, zip } from '../testing/sample-files.ts';
import { contentDisposition, safeFileName } from './file-name.ts';
import { FILE_TYPES, fileTypeOf } from './file-type.ts';
import { rasterSize } from './raster-size.ts';
import { readUpload } from './read-upload.ts';

const codeOf = (bytes: Buffer): string => {
  try {
    return readUpload(bytes, undefined).about.type;
  } catch (error) {
    assert.ok(isHostProblem(error));
    return error.code;
  }
};

describe('type detection', () => {
  for (const [bytes, type] of [
    [png(), 'image/png'],
    [jpeg(4, 3), 'image/jpeg'],
    [gif(4, 3), 'image/gif'],
    [webp('VP8 ', 4, 3), 'image/webp'],
    [ascii('%PDF-1.7\n'), 'application/pdf'],
    [ascii('ID3\x04\0\0'), 'audio/mpeg'],
    [ascii('\xff\xfb\x90\x64'), 'audio/mpeg'],
    [ascii('\0\0\0\x18ftypM4A \0'), 'audio/mp4'],
    [ascii('OggS\0'), 'audio/ogg'],
    [ascii('\0\0\0\x18ftypisom\0'), 'video/mp4'],
    [ascii('\0\0\0\x14ftypqt  \0'), 'video/quicktime'],
    [ascii('\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm'), 'video/webm'],
    [
      zip('[Content_Types].xml', 'word/document.xml'),
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    ],
    [
      zip('_rels/.rels', 'xl/workbook.xml'),
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ],
    [text('Nomor pesanan: 1042\n\tcepat ya 🙏'), 'text/plain'],
  ] as const)
    test(`${type} is detected by its content`, () => assert.equal(codeOf(bytes), type));

  test('every accepted type has an example above', () => {
    assert.equal(FILE_TYPES.length, 14);
  });

  for (const [what, bytes] of [
    ['a page', text('<!doctype html><script>alert(1)</script>')],
    ['a page behind white space', text('\n\t <html>')],
    ['a drawing with scripts in it', text('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['a script', text('#!/bin/sh\nrm -rf /')],
    ['a program', ascii('MZ\x90\0\x03')],
    ['another program', ascii('\x7fELF\x02')],
    ['a zip', zip('evil.js', 'evil.exe')],
    ['a picture that many programs cannot show', ascii('\0\0\0\x18ftypheic\0')],
    ['text with control characters', text('a\0b')],
    ['text that is no UTF-8', ascii('caf\xe9 \xff')],
    ['nothing but white space', text(' \n ')],
    ['a picture that ends before its size', png().subarray(0, 18)],
    ['a JPEG of segments without a picture', ascii('\xff\xd8\xff\xe0\0\x04ab\xff\xd9')],
    ['a JPEG that is none', ascii('\xff\xd8\xff<html>')],
    ['a picture without a width', png(0, 5)],
  ] as const)
    test(`${what} is rejected`, () => assert.equal(codeOf(bytes), 'unsupported_media'));

  test('a picture with too many pixels is rejected as too large', () => {
    assert.equal(codeOf(png(20_000, 20_000)), 'too_large');
    assert.equal(codeOf(png(8_000, 8_000)), 'image/png');
  });

  test('an empty file is rejected', () => assert.equal(codeOf(Buffer.alloc(0)), 'invalid_request'));

  test('any input returns a type or a rejection, in bounded time', () => {
    const heads = [
      png(9, 9),
      jpeg(9, 9, 6),
      gif(9, 9),
      webp('VP8X', 9, 9),
      ascii('%PDF-'),
      ascii('\0\0\0\x18ftyp'),
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...heads),
        fc.nat(60),
        fc.uint8Array({ maxLength: 300 }),
        (head, keep, rest) => {
          codeOf(Buffer.concat([head.subarray(0, keep), rest]));
        },
      ),
      { numRuns: 2_000 },
    );
    const tooMany = Buffer.concat([
      ascii('\xff\xd8'),
      Buffer.alloc(10 * 1024 * 1024, '\xff\xe0\0\x02', 'latin1'),
    ]);
    const began = performance.now();
    assert.equal(codeOf(tooMany), 'unsupported_media');
    assert.ok(performance.now() - began < 1_000, 'the longest made-up JPEG');
  });
});

describe('the size of a picture', () => {
  const sizeOf = (bytes: Buffer) => rasterSize(fileTypeOf(bytes)?.type ?? '', bytes);
  for (const [what, bytes] of [
    ['a PNG', png(640, 480)],
    ['a GIF', gif(640, 480)],
    ['a JPEG', jpeg(640, 480)],
    ['a JPEG held upright', jpeg(640, 480, 1)],
    ['a JPEG held sideways', jpeg(480, 640, 6)],
    ['a lossy WebP', webp('VP8 ', 640, 480)],
    ['a lossless WebP', webp('VP8L', 640, 480)],
    ['an extended WebP', webp('VP8X', 640, 480)],
  ] as const)
    test(`of ${what} is the size as displayed`, () =>
      assert.deepEqual(sizeOf(bytes), { width: 640, height: 480 }));
});

describe('the name of a file', () => {
  for (const [header, ending, name] of [
    ['struk%20belanja.png', 'png', 'struk belanja.png'],
    ['STRUK.PNG', 'png', 'STRUK.png'],
    ['evil.html', 'txt', 'evil.html.txt'],
    ['..%2F..%2Fetc%2Fpasswd', 'txt', 'etc passwd.txt'],
    ['C%3A%5Cfoto.jpg', 'jpg', 'C foto.jpg'],
    ['gambar%E2%80%AEgpj.exe', 'jpg', 'gambar gpj.exe.jpg'],
    ['a%0d%0aSet-Cookie%3A%20x', 'pdf', 'a Set-Cookie x.pdf'],
    ['%E5%86%99%E7%9C%9F.webp', 'webp', '写真.webp'],
    ['', 'png', 'file.png'],
    ['.png', 'png', 'png.png'],
    [undefined, 'gif', 'file.gif'],
  ] as const)
    test(`${header ?? 'none'} becomes ${name}`, () => assert.equal(safeFileName(header, ending), name));

  test('a long name is truncated before its extension', () => {
    const name = safeFileName(encodeURIComponent(`${'😀'.repeat(300)}.png`), 'png');
    assert.equal([...name].length, 120);
    assert.ok(name.endsWith('😀.png'));
  });

  test('a name that is not UTF-8 is rejected', () => {
    assert.throws(() => safeFileName('%FF', 'png'), isHostProblem);
  });

  test('is escaped in the Content-Disposition header', () => {
    assert.equal(
      contentDisposition('attachment', `a"b;c 'é'.pdf`),
      `attachment; filename="a_b_c ___.pdf"; filename*=UTF-8''a%22b%3Bc%20%27%C3%A9%27.pdf`,
    );
  });
});
