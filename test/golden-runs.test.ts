/**
 * The golden runs in every browser engine of this machine: byte for byte the result of Node.
 *
 * @module
 */
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { GOLDEN, goldenDigest } from '@alur/flow/testing';
import { bundleScript } from './support/bundle-script.ts';
import { findEngines } from './support/engines/find-engines.ts';

const { found, missing } = findEngines();
for (const name of missing) console.log(`Not on this machine, so no golden runs in it: ${name}`);

describe('golden runs', { timeout: 300_000 }, () => {
  let script: string;
  before(async () => {
    script = await bundleScript(new URL('../packages/flow/src/testing/golden.ts', import.meta.url), 'golden');
  });

  it('are equal, byte for byte, in Node', () => {
    assert.equal(goldenDigest(), GOLDEN);
  });

  for (const { name, launch } of found) {
    it(`are equal, byte for byte, in ${name}`, async () => {
      const engine = await launch();
      try {
        const visitor = await engine.visitor();
        const page = await visitor.page();
        const digest = await page.evaluate((source) => {
          document.documentElement.append(
            Object.assign(document.createElement('script'), { textContent: source }),
          );
          return (globalThis as unknown as { golden: { goldenDigest(): string } }).golden.goldenDigest();
        }, script);
        await visitor.close();
        assert.equal(digest, GOLDEN, `${name} ${engine.version}`);
      } finally {
        await engine.close();
      }
    });
  }
});
