import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasTwelveHours } from './clock.ts';

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const REGIONS = LETTERS.flatMap((a) => LETTERS.map((b) => a + b));

const differs = (tags: string[]) =>
  tags.filter((tag) => {
    const { locale, hourCycle } = new Intl.DateTimeFormat(tag, { timeStyle: 'short' }).resolvedOptions();
    // `Intl` falls back to another locale where it has no data.
    return locale === tag && (hourCycle === 'h12') !== hasTwelveHours(tag);
  });

test('the hour cycle of each English, Spanish and Chinese region matches Intl', () => {
  for (const language of ['en', 'es', 'zh'])
    assert.deepEqual(differs([language, ...REGIONS.map((region) => `${language}-${region}`)]), []);
});

test('the hour cycle of each language matches Intl', () => {
  const languages = REGIONS.map((pair) => pair.toLowerCase());
  assert.deepEqual(
    differs([...languages, 'fil', 'de-DE', 'fr-FR', 'fr-CA', 'ja-JP', 'ko-KR', 'zh-Hant-TW']),
    [],
  );
});
