import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConversationEvent } from '@alur/protocol';
import type { EventsAdded } from '../database/host-event.ts';
import { createLogFollower } from './log-follower.ts';

type Numbered = { seq: number };

function eventOf(seq: number): ConversationEvent {
  return { seq, cursor: `e.${seq}`, type: seq % 3 === 0 ? 'labels' : 'read' } as ConversationEvent;
}

/** Returns a random number generator with a seed, so that a failure can be repeated. */
function randomFrom(seed: number) {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/**
 * Runs one simulation: events are written while the follower reads and receives host events. Every step is
 * random: write events, let a started read query the log, deliver a read's result, or deliver a host event.
 * Host events may lack their events or be lost.
 */
async function simulate(seed: number): Promise<void> {
  const random = randomFrom(seed);
  const pick = (count: number) => Math.floor(random() * count);
  let head = pick(4);
  const start = pick(head + 1);
  const hostEvents: EventsAdded[] = [];
  const reads: { after: number; answer?: () => void; seen: number; done: (page: unknown) => void }[] = [];
  const delivered: number[] = [];

  const follower = createLogFollower({
    read: (after) =>
      new Promise((done) => {
        const number = after === '' ? 0 : Number(after.slice(2));
        reads.push({ after: number, seen: -1, done: done as (page: unknown) => void });
      }),
    view: (event) => (event.type === 'labels' ? null : event),
    deliver: (events) => delivered.push(...(events as Numbered[]).map(({ seq }) => seq)),
    fail: (error) => assert.fail(String(error)),
  });
  const running = follower.start(start === 0 ? '' : `e.${start}`);
  void running;

  const tick = () => new Promise((resolve) => setImmediate(resolve));
  const finishRead = async () => {
    const read = reads[0];
    if (!read) return;
    if (read.seen < 0) {
      read.seen = head;
      return;
    }
    reads.shift();
    const limit = 1 + pick(3);
    const events = [];
    let reached = read.after;
    while (reached < read.seen && events.length < limit) {
      reached += 1;
      if (reached % 3 !== 0) events.push(eventOf(reached));
    }
    read.done({ events, cursor: `e.${reached}`, reached, more: reached < read.seen });
    await tick();
  };

  for (let step = 0; step < 30; step++) {
    const choice = pick(4);
    if (choice === 0) {
      const from = head + 1;
      head += 1 + pick(3);
      const events = Array.from({ length: head - from + 1 }, (_, index) => eventOf(from + index));
      const hostEvent = {
        kind: 'events',
        accountId: 'a',
        conversationId: 'c',
        visitorId: 'v',
        from,
        to: head,
      } as const;
      // Some host events have no events, some are lost.
      const fate = pick(6);
      if (fate > 0) hostEvents.push({ ...hostEvent, events: fate === 1 ? null : events });
    } else if (choice === 1) {
      const hostEvent = hostEvents.shift();
      if (hostEvent) follower.onHostEvent(hostEvent);
    } else await finishRead();
  }
  for (const hostEvent of hostEvents) follower.onHostEvent(hostEvent);
  while (reads.length > 0) await finishRead();
  // A last event makes up for lost host events, as any later event would.
  head += 1;
  follower.onHostEvent({
    kind: 'events',
    accountId: 'a',
    conversationId: 'c',
    visitorId: 'v',
    from: head,
    to: head,
    events: [eventOf(head)],
  });
  await tick();
  while (reads.length > 0) await finishRead();

  const wanted = Array.from({ length: head - start }, (_, index) => start + 1 + index).filter(
    (seq) => seq % 3 !== 0,
  );
  assert.deepEqual(delivered, wanted, `seed ${seed}`);
}

test('in 3,000 interleavings of writes, reads, notifications and losses no event is lost, duplicated or reordered', async () => {
  for (let seed = 1; seed <= 3_000; seed++) await simulate(seed);
});

test('nothing is delivered after stop', async () => {
  let finish = (_page: never) => {};
  const delivered: unknown[] = [];
  const follower = createLogFollower({
    read: () => new Promise((done) => (finish = done as never)),
    view: (event) => event,
    deliver: (events) => delivered.push(...events),
    fail: assert.fail,
  });
  const running = follower.start('');
  follower.stop();
  finish({ events: [eventOf(1)], cursor: 'e.1', reached: 1, more: true } as never);
  await running;
  assert.deepEqual(delivered, []);
});
