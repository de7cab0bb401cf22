import { compileFlow } from '../run/compile.ts';
import { explain } from '../run/explain.ts';
import { startRun } from '../run/advance.ts';
import type { FlowRun } from '../run/run-types.ts';
import { randomFlow, randomInput, RANDOM_LANGUAGES, RANDOM_ZONES, seededPick } from './random-flow.ts';

/** Expected digest of the golden runs in every engine. It changes only with the rules or the random flows. */
export const GOLDEN = '6c8790a3e8adf4c1';

/** Runs many flows and returns a digest (FNV-1a over UTF-16 code units) of all results. */
export function goldenDigest(flows = 2000): string {
  let [high, low] = [0xcbf29ce4, 0x84222325];
  const add = (text: string) => {
    for (let i = 0; i < text.length; i++) {
      // 64-bit FNV-1a in two halves: the prime is 2^40 + 0x1b3.
      low = (low ^ text.charCodeAt(i)) >>> 0;
      const product = low * 0x1b3;
      high = (Math.imul(high, 0x1b3) + Math.floor(product / 2 ** 32) + (low << 8)) >>> 0;
      low = product >>> 0;
    }
  };
  for (let seed = 0; seed < flows; seed++) {
    const pick = seededPick(seed);
    const flow = randomFlow(pick);
    const compiled = compileFlow(flow, RANDOM_ZONES);
    const language = RANDOM_LANGUAGES[seed % RANDOM_LANGUAGES.length]!;
    const visitor = { name: 'Ani', language, attributes: { plan: 'pro' } };
    let run: FlowRun = startRun({ visitor });
    for (let number = 0; number < 4; number++) {
      const answer = explain(compiled, run, randomInput(pick, flow, number));
      add(JSON.stringify(answer));
      run = answer.run;
    }
  }
  return [high, low].map((half) => half.toString(16).padStart(8, '0')).join('');
}
