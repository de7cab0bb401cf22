import assert from 'node:assert/strict';
import { createRawVisitor, rest } from '@alur/tooling/testing';
import { INBOX } from './workspace.ts';

/** An action that honest users repeat, and whose duration is measured. */
export interface Probe {
  /**
   * Repeats for `ms` milliseconds and returns the duration of each round, in milliseconds. Rejects when a
   * round fails.
   */
  measure(ms: number): Promise<number[]>;
}

/**
 * Creates a probe of several users in turns, so that a round begins every `everyMs` milliseconds. Each user
 * has at most one round at a time. A round that begins late counts from the time when it was due.
 */
export function createProbe(
  users: number,
  everyMs: number,
  round: (user: number, number: number) => Promise<void>,
): Probe {
  let rounds = 0;
  return {
    async measure(ms) {
      const durations: number[] = [];
      const began = performance.now();
      const work = async (user: number) => {
        for (let due = began + user * everyMs; due < began + ms; due += users * everyMs) {
          const early = due - performance.now();
          if (early > 0) await rest(early);
          await round(user, rounds++);
          durations.push(performance.now() - due);
        }
      };
      await Promise.all(Array.from({ length: users }, (_, user) => work(user)));
      return durations;
    },
  };
}

const VISITORS = 8;
const EVERY_MS = 50;
const WARM_UP_ROUNDS = 200;

/** Returns the address of an honest user, one of 250. */
export const honestAddress = (number: number): string => `198.51.100.${1 + (number % 250)}`;

/**
 * Creates visitors of the workspace's inbox, each with its own address. A visitor writes a message in one
 * round and reads the conversation in the next.
 */
export async function createHonestVisitors(hostUrl: string): Promise<Probe> {
  const visitors = await Promise.all(
    Array.from({ length: VISITORS }, (_, number) =>
      createRawVisitor(hostUrl, { inboxId: INBOX, address: honestAddress(number) }),
    ),
  );
  const isWriting = visitors.map(() => false);
  async function round(user: number, number: number): Promise<void> {
    const visitor = visitors[user]!;
    isWriting[user] = !isWriting[user];
    const { status, body } = isWriting[user]
      ? await visitor.post(visitor.message(`pesan ${number}`))
      : await visitor.get('conversation?limit=20');
    assert.equal(status, 200, `an honest visitor is served: ${JSON.stringify(body)}`);
  }
  // Compile code and fill caches before the first measurement.
  for (let number = 0; number < WARM_UP_ROUNDS; number++) await round(number % VISITORS, number);
  return createProbe(VISITORS, EVERY_MS, round);
}
