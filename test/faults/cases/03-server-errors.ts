import assert from 'node:assert/strict';
import { isClientError } from '@alur/client';
import type { Harness } from '../harness/harness.ts';
import type { TestVisitor } from '../harness/visitor.ts';
import { rest } from '@alur/tooling/testing';
import type { Fault, SeenRequest } from '../proxy.ts';
import { count as said, within, type Row } from '../row.ts';

const HASTE = 60;
const RETRY_AFTER_S = 30;

/** Returns the responses of load balancers while a host is down. Every fourth has `Retry-After`. */
function outage({ index }: SeenRequest): Fault {
  const status = [500, 502, 504, 503][index % 4]!;
  const headers: Record<string, string> = status === 503 ? { 'Retry-After': String(RETRY_AFTER_S) } : {};
  return { answer: status, headers, body: '<html><h1>Bad gateway</h1></html>' };
}

async function tryOutage(harness: Harness, minutes: number): Promise<string> {
  const early = Array.from({ length: 5 }, () => harness.visitor({ haste: HASTE }));
  for (const [number, visitor] of early.entries()) await visitor.say(`awal ${number}`);
  for (const visitor of early) await visitor.drained();
  harness.proxy.fault(outage);
  harness.proxy.reset();
  const late = Array.from({ length: 5 }, () => harness.visitor({ haste: HASTE }));
  const all = [...early, ...late];
  const heldSince: HeldTurn[][] = all.map(watchHeldTurns);
  for (let number = 0; number < 10; number++)
    for (const visitor of all) await visitor.say(`gangguan ${number}`);
  await rest((minutes * 60_000) / HASTE);
  const refused = harness.proxy.requests.filter(({ target }) => target.endsWith('/turns'));
  assert.ok(
    all.every(({ answers, said }) => answers.length === said.length - 10),
    'nothing is taken in the outage',
  );
  harness.proxy.fault(null);
  for (const visitor of all) await visitor.check();
  const hurry = Math.min(...heldSince.map((held) => earliestReturn(refused, held)));
  assert.ok(hurry >= (RETRY_AFTER_S * 1_000) / HASTE, 'no client retries too early');
  const perMinute = refused.length / early.length / minutes;
  within(perMinute, 20, 'attempts a minute and visitor');
  return `${minutes} min of outage, ${said(all.length * 10)} of ${said(all.length * 10)} once and in order, ${perMinute.toFixed(1)} attempts a minute`;
}

/** A turn whose response had `Retry-After`, and when the client received it. */
interface HeldTurn {
  id: string;
  since: number;
}

/**
 * Records each response with `Retry-After` that the visitor's client received for a turn. A request that the
 * client gave up on a busy machine before its response does not count.
 */
function watchHeldTurns({ client }: TestVisitor): HeldTurn[] {
  const held: HeldTurn[] = [];
  client.subscribe((signal) => {
    if (signal.kind !== 'fault' || !isClientError(signal.error) || signal.error.status !== 503) return;
    held.push({ id: signal.entry.id, since: performance.now() });
  });
  return held;
}

/**
 * Returns the shortest time between a response with `Retry-After` and the next attempt of the same turn, in
 * milliseconds.
 */
function earliestReturn(requests: readonly SeenRequest[], held: readonly HeldTurn[]): number {
  let shortest = Infinity;
  for (const { id, since } of held) {
    const next = requests.find(
      ({ at, body }) => at > since && (JSON.parse(body) as { id: string }).id === id,
    );
    if (next) shortest = Math.min(shortest, next.at - since);
  }
  return shortest;
}

export const serverErrors: Row = {
  number: 3,
  fault: '500, 502, 503, 504',
  expected: 'retry in order, after Retry-After',
  pass: 'no loss during 10 min of 5xx responses',
  trials: [
    {
      with: 'client',
      counts: { shrunk: 2, full: 10 },
      unit: 'minutes of the client’s clock, 60 times as fast',
      run: tryOutage,
    },
  ],
};
