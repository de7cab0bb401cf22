import { GOLDEN, goldenDigest } from './testing/golden.ts';

// What the browser's test runner brings along.
declare function describe(name: string, body: () => void): void;
declare function it(name: string, body: () => void): void;

describe('golden runs', () => {
  it('come out the same, byte for byte, in this engine', () => {
    const digest = goldenDigest();
    if (digest !== GOLDEN) throw new Error(`golden runs gave ${digest}, not ${GOLDEN}`);
  });
});
