import assert from 'node:assert/strict';
import { goldenDigest } from '@alur/flow/testing';
import { bundleScript } from '../../support/bundle-script.ts';
import { findEngines } from '../../support/engines/find-engines.ts';
import { count as said, type Row } from '../row.ts';

/** Number of inputs of each flow. */
const INPUTS = 4;

/** Returns the digest of the golden runs of `flows` flows, from the global of a bundled script. */
const digestOf = (flows: number) =>
  (globalThis as unknown as { golden: { goldenDigest(flows: number): string } }).golden.goldenDigest(flows);

function script(): Promise<string> {
  return bundleScript(new URL('../../../packages/flow/src/testing/golden.ts', import.meta.url), 'golden');
}

export const honestReplay: Row = {
  number: 34,
  fault: 'Honest replay in different engines',
  expected: 'equal digests',
  pass: '0 of 100,000 runs differ',
  elsewhere: [{ file: 'test/golden-runs.test.ts', test: 'are equal, byte for byte, in ${name}' }],
  trials: [
    {
      with: 'widget',
      counts: { shrunk: 4_000, full: 100_000 },
      unit: 'runs in Node and Chromium',
      async run(harness, count) {
        const { page } = await harness.page();
        await page.addScriptTag({ content: await script() });
        const there = await page.evaluate(digestOf, count / INPUTS);
        assert.equal(there, goldenDigest(count / INPUTS));
        return `${said(count)} runs: ${there} in both`;
      },
    },
    {
      with: 'process',
      counts: { shrunk: 0, full: 100_000 },
      unit: 'runs in every installed engine',
      async run(_lab, count) {
        const { found, missing } = findEngines();
        const expected = goldenDigest(count / INPUTS);
        const source = await script();
        for (const { name, launch } of found) {
          const engine = await launch();
          try {
            const visitor = await engine.visitor();
            const page = await visitor.page();
            const there = await page.evaluate(
              ({ source, flows }) => {
                document.documentElement.append(
                  Object.assign(document.createElement('script'), { textContent: source }),
                );
                return (
                  globalThis as unknown as { golden: { goldenDigest(flows: number): string } }
                ).golden.goldenDigest(flows);
              },
              { source, flows: count / INPUTS },
            );
            assert.equal(there, expected, name);
            await visitor.close();
          } finally {
            await engine.close();
          }
        }
        const names = ['node', ...found.map(({ name }) => name)].join(', ');
        return `${said(count)} runs: ${expected} in ${names}${missing.length > 0 ? `; not here: ${missing.join(', ')}` : ''}`;
      },
    },
  ],
};
