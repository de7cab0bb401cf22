import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { strings as en } from './en.ts';
import { strings as id } from './id.ts';

describe('the strings of the panel', () => {
  for (const [locale, time] of [
    ['en-US', en.time],
    ['en-GB', en.time],
    ['id-ID', id.time],
  ] as const) {
    it(`format each minute of a day like Intl (${locale})`, () => {
      const format = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' });
      for (let minute = 0; minute < 24 * 60; minute++) {
        // Versions of `Intl` use different spaces before AM and PM.
        const theirs = format.format(minute * 60_000).replace(/\s/u, ' ');
        assert.equal(time(Math.floor(minute / 60), minute % 60, locale), theirs);
      }
    });
  }
});
