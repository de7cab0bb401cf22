import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { createFrameParser } from './frame-parser.ts';

const TEXT =
  'event: hello\ndata: {"a":1}\n\n: heartbeat\n\nevent: event\r\nid: 7\r\ndata: one\r\ndata:two\r\n\r\ndata: last\rid\r\rdata: cut off';
const FRAMES = [
  { event: 'hello', data: '{"a":1}' },
  { event: 'event', data: 'one\ntwo' },
  { event: 'message', data: 'last' },
];

test('frames do not depend on chunk boundaries', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: TEXT.length }), { maxLength: 30 }), (cuts) => {
      const parser = createFrameParser();
      const edges = [0, ...cuts.sort((a, b) => a - b), TEXT.length];
      const chunks = edges.slice(1).map((edge, i) => TEXT.slice(edges[i], edge));
      assert.deepEqual(
        chunks.flatMap((chunk) => parser.push(chunk)),
        FRAMES,
      );
    }),
  );
});
