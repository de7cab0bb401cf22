import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HostEvent } from '../database/host-event.ts';
import { accountTopic, createHub, visitorTopic, type Subscriber } from './hub.ts';
import type { Reader } from './reader.ts';

function createProbe() {
  const frames: string[] = [];
  const received: HostEvent[] = [];
  const reader: Reader = {
    isOpen: true,
    send: (event) => void frames.push(event),
    beat: () => void frames.push('beat'),
    drained: async () => {},
    end: () => void frames.push('end'),
  };
  return {
    frames,
    received,
    subscriber: { reader, onHostEvent: (hostEvent) => void received.push(hostEvent) } satisfies Subscriber,
  };
}

const events = {
  kind: 'events',
  accountId: 'a',
  conversationId: 'c',
  visitorId: 'v',
  from: 1,
  to: 1,
  events: null,
} as const;

test('every reader gets a heartbeat each 15 seconds until it leaves', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const hub = createHub();
  const [stays, goes] = [createProbe(), createProbe()];
  hub.subscribe('x', stays.subscriber);
  const leave = hub.subscribe('x', goes.subscriber);
  t.mock.timers.tick(15_000);
  leave();
  t.mock.timers.tick(15_000);
  assert.deepEqual([stays.frames, goes.frames], [['beat', 'beat'], ['beat']]);
});

test('events reach only their visitor and their account', () => {
  const hub = createHub();
  const [visitor, account, other] = [createProbe(), createProbe(), createProbe()];
  hub.subscribe(visitorTopic('v'), visitor.subscriber);
  hub.subscribe(accountTopic('a'), account.subscriber);
  hub.subscribe(visitorTopic('a'), other.subscriber);
  hub.publish(events);
  hub.publish({ kind: 'settings' });
  assert.deepEqual([visitor.received, account.received, other.received], [[events], [events], []]);
  hub.publish({ kind: 'resync' });
  assert.equal(other.received.length, 1, 'lost host events concern everybody');
  hub.endAll();
});

test('unsubscribing twice has no effect, and the last unsubscribe removes the topic', () => {
  const hub = createHub();
  const [one, other] = [createProbe(), createProbe()];
  const leave = hub.subscribe('x', one.subscriber);
  hub.subscribe('x', other.subscriber);
  leave();
  leave();
  assert.equal(hub.size(), 1);
  hub.endAll();
  assert.deepEqual(other.frames, ['bye', 'end']);
  assert.deepEqual(one.frames, []);
});
