import assert from 'node:assert/strict';
import type { HostilePage } from '../kit/hostile-page.ts';
import { library } from '../kit/library.ts';

/**
 * The real Prototype.js: it replaces `Array.from` and `bind`, changes `document`, and gives arrays and dates
 * their own encoding.
 */
export const prototypeJs: HostilePage = {
  name: 'prototype-js',
  about: 'Prototype.js 1.6, which gives arrays a toJSON of their own',
  serve: () => ({
    '/': { head: '<script src="/prototype.js"></script>' },
    '/prototype.js': library('prototype-js/test/3rdparty/prototype-1.6.1.js'),
  }),
  async run(visit) {
    await visit.goto();
    const { version, list } = await visit.look(() => ({
      version: (globalThis as unknown as { Prototype: { Version: string } }).Prototype.Version,
      list: JSON.stringify(['a']),
    }));
    assert.match(version, /^1\.6/);
    assert.equal(list, JSON.stringify('["a"]'), 'this page does not bend JSON');
    await visit.wholeJob();
  },
};
