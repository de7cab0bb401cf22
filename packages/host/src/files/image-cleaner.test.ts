import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import sharp from 'sharp';
import { isHostProblem, type HostProblem } from '../problem.ts';
import { createImageCleaner } from './image-cleaner.ts';
import { THUMBNAIL_SIDE } from './thumbnail-side.ts';

/** Text that occurs only in metadata. */
const SECRET = 'Jalan Rahasia 7';

/** Creates an image with different pixels and the metadata that cameras add. */
function photo(width = 90, height = 60) {
  const pixels = Buffer.from({ length: width * height * 3 } as ArrayLike<number>).map(
    (_, i) => (i * 7) % 251,
  );
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .withIccProfile('p3')
    .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>${SECRET}</rdf:RDF></x:xmpmeta>`)
    .withExifMerge({
      IFD0: { Copyright: SECRET },
      IFD3: { GPSLatitude: '6/1 10/1 0/1', GPSLatitudeRef: 'S' },
    });
}

const shop = { accountId: 'acc_shop', visitorId: 'vis_1' };
const has = (bytes: Uint8Array, words: string) => Buffer.from(bytes).includes(words);
const rawPixels = (bytes: Uint8Array) => sharp(bytes, { animated: true }).raw().toBuffer();

describe('pictures without metadata', () => {
  const cleaner = createImageCleaner();
  after(() => cleaner.close());
  const clean = async (type: string, bytes: Uint8Array) => {
    const image = await cleaner.clean(shop, type, bytes);
    assert.ok(image, 'the picture was decoded');
    return image;
  };

  for (const [type, encoded] of [
    ['image/jpeg', () => photo().jpeg().toBuffer()],
    ['image/png', () => photo().png().toBuffer()],
    ['image/webp', () => photo().webp({ lossless: true }).toBuffer()],
  ] as const)
    test(`${type}: location, camera and text are removed, the color profile is kept`, async () => {
      const bytes = await encoded();
      const before = await sharp(bytes).metadata();
      assert.ok(before.exif && before.xmp && before.icc, 'the sample has what is to go');
      const image = await clean(type, bytes);
      const { exif, xmp, iptc, icc, format, width, height } = await sharp(image.bytes).metadata();
      assert.deepEqual([exif, xmp, iptc, format], [undefined, undefined, undefined, before.format]);
      assert.ok(icc?.equals(before.icc));
      assert.deepEqual([width, height, image.width, image.height], [90, 60, 90, 60]);
      for (const words of [SECRET, 'Exif', 'xmpmeta']) assert.ok(!has(image.bytes, words), words);
      if (type !== 'image/jpeg')
        assert.ok((await rawPixels(bytes)).equals(await rawPixels(image.bytes)), 'not a pixel changed');
    });

  test('a picture with an orientation tag is rotated, and has the size as displayed', async () => {
    for (const [type, bytes] of [
      ['image/jpeg', await photo().withMetadata({ orientation: 6 }).jpeg().toBuffer()],
      ['image/png', await photo().withMetadata({ orientation: 6 }).png().toBuffer()],
      ['image/webp', await photo().withMetadata({ orientation: 6 }).webp({ lossless: true }).toBuffer()],
    ] as const) {
      assert.equal((await sharp(bytes).metadata()).orientation, 6);
      const image = await clean(type, bytes);
      assert.deepEqual([image.width, image.height], [60, 90]);
      const { width, height, orientation } = await sharp(image.bytes).metadata();
      assert.deepEqual([width, height, orientation], [60, 90, undefined]);
      if (type === 'image/jpeg') continue;
      const turned = await sharp(bytes).autoOrient().raw().toBuffer();
      assert.ok(turned.equals(await rawPixels(image.bytes)), 'a lossless picture stays lossless');
    }
  });

  test('an animation keeps its frames, and its comments are removed', async () => {
    const frames = await Promise.all(
      ['red', 'green', 'blue'].map((background) =>
        sharp({ create: { width: 8, height: 8, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    const animation = () => sharp(frames, { join: { animated: true } });
    const gif = await animation().gif({ loop: 3, delay: 100 }).toBuffer();
    const comment = Buffer.concat([
      Buffer.from([0x21, 0xfe, SECRET.length]),
      Buffer.from(SECRET),
      Buffer.alloc(1),
    ]);
    const tableEnd = 13 + (gif[10]! & 0x80 ? 3 << ((gif[10]! & 7) + 1) : 0);
    const commented = Buffer.concat([gif.subarray(0, tableEnd), comment, gif.subarray(tableEnd), comment]);
    const webp = await animation()
      .withExif({ IFD0: { Copyright: SECRET } })
      .webp({ lossless: true })
      .toBuffer();
    for (const [type, bytes] of [
      ['image/gif', commented],
      ['image/webp', webp],
    ] as const) {
      assert.ok(has(bytes, SECRET));
      const image = await clean(type, bytes);
      assert.ok(!has(image.bytes, SECRET));
      assert.equal((await sharp(image.bytes, { animated: true }).metadata()).pages, 3);
      assert.ok((await rawPixels(bytes)).equals(await rawPixels(image.bytes)));
    }
  });

  test('bytes after the end of a picture are not stored', async () => {
    const tail = Buffer.from(`<script>${SECRET}</script>`);
    for (const [type, bytes] of [
      ['image/jpeg', await photo().jpeg().toBuffer()],
      ['image/png', await photo().png().toBuffer()],
      ['image/gif', await photo().gif().toBuffer()],
      ['image/webp', await photo().webp().toBuffer()],
    ] as const)
      assert.ok(!has((await clean(type, Buffer.concat([bytes, tail]))).bytes, SECRET), type);
  });

  test('a CMYK picture keeps its colors', async () => {
    const red = sharp({
      create: { width: 20, height: 20, channels: 3, background: { r: 200, g: 30, b: 40 } },
    });
    const cmyk = await red.toColourspace('cmyk').withIccProfile('cmyk').jpeg({ quality: 100 }).toBuffer();
    const [before, after] = await Promise.all(
      [cmyk, (await clean('image/jpeg', cmyk)).bytes].map(async (bytes) =>
        (await sharp(bytes).raw().toBuffer()).subarray(0, 3),
      ),
    );
    const { icc, space } = await sharp((await clean('image/jpeg', cmyk)).bytes).metadata();
    assert.deepEqual([icc, space], [undefined, 'srgb'], 'a profile of other colours does not stay');
    for (let channel = 0; channel < 3; channel++)
      assert.ok(Math.abs(before![channel]! - after![channel]!) < 12, `${[...before!]} and ${[...after!]}`);
  });

  test('only a picture larger than a thumbnail gets one', async () => {
    const [large, small] = [
      await photo(1_300, 650).jpeg().toBuffer(),
      await photo(THUMBNAIL_SIDE, 20).jpeg().toBuffer(),
    ];
    const { thumbnail } = await clean('image/jpeg', large);
    const { width, height, format, exif } = await sharp(thumbnail!).metadata();
    assert.deepEqual([width, height, format, exif], [640, 320, 'webp', undefined]);
    assert.equal((await clean('image/jpeg', small)).thumbnail, null);
  });

  test('a picture that cannot be decoded is rejected', async () => {
    const whole = await photo().jpeg().toBuffer();
    for (const [type, bytes] of [
      ['image/jpeg', whole.subarray(0, whole.length / 2)],
      ['image/png', (await photo().png().toBuffer()).subarray(0, 90)],
      ['image/gif', Buffer.from('GIF89a nothing')],
      ['image/webp', Buffer.from('RIFF\x10\0\0\0WEBPVP8 \x04\0\0\0abcd', 'latin1')],
      // The type is determined by content before: an SVG never arrives here under its own type.
      ['image/png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ] as const)
      assert.equal(await cleaner.clean(shop, type, bytes), null, type);
  });
});

describe('decoder processes', () => {
  const url = new URL('../testing/faulty-image-process.ts', import.meta.url);
  const bytes = new Uint8Array([1, 2, 3]);

  test('a decoder that crashes or hangs fails only one picture', async () => {
    const cleaner = createImageCleaner({ url, atOnce: 1, timeoutMs: 300 });
    try {
      const cleaned = ['crash', 'fine', 'hang', 'fine'].map((type) => cleaner.clean(shop, type, bytes));
      const outcomes = await Promise.allSettled(cleaned);
      assert.deepEqual(
        outcomes.map((one) =>
          one.status === 'fulfilled' ? one.value?.bytes.length : (one.reason as HostProblem).code,
        ),
        [undefined, 3, 'overloaded', 3],
      );
    } finally {
      cleaner.close();
    }
  });

  test('pictures wait in a bounded queue', async () => {
    const cleaner = createImageCleaner({ url, atOnce: 1, maxWaiting: 1 });
    const [first, second, third] = ['wait', 'wait', 'wait'].map((type) => cleaner.clean(shop, type, bytes));
    await assert.rejects(third!, (error) => isHostProblem(error) && error.code === 'overloaded');
    cleaner.close();
    await assert.rejects(first!, /closing/);
    await assert.rejects(second!, /closing/);
  });

  test('accounts take turns', async () => {
    const cleaner = createImageCleaner({ url, atOnce: 1 });
    const order: string[] = [];
    await Promise.all(
      ['a', 'a', 'a', 'a', 'b'].map(async (accountId) => {
        await cleaner.clean({ accountId, visitorId: '' }, 'fine', bytes);
        order.push(accountId);
      }),
    );
    assert.deepEqual(order.slice(0, 2), ['a', 'b']);
    cleaner.close();
  });

  test('a decoder that does not start is a server error', async () => {
    const cleaner = createImageCleaner({ url: new URL('./no-such-module.ts', import.meta.url) });
    await assert.rejects(cleaner.clean(shop, 'image/png', bytes), /did not start/);
    cleaner.close();
  });
});
