import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PublicFlow } from '@alur/client';
import { askingFlow } from '../testing/flows.ts';
import { FlowCache } from './flow-cache.ts';

const engineLoaded = async () => {
  await import('./flow-engine.ts');
  await new Promise(setImmediate);
};

test('a flow that cannot be loaded is requested once, and again after a delay', async () => {
  let asked = 0;
  const later: (() => void)[] = [];
  const cache = new FlowCache({
    fetch: async () => {
      asked += 1;
      throw new TypeError('no network');
    },
    loadEngine: () => import('./flow-engine.ts'),
    zones: () => ({}),
    kinds: () => undefined,
    mayFetch: () => true,
    after: (_ms, action) => void later.push(action),
    onLoad() {},
  });
  const pin = { id: 'flow', version: 1 };
  for (let letter = 0; letter < 20; letter++) {
    assert.equal(cache.compiled(pin), null);
    await engineLoaded();
  }
  assert.deepEqual([asked, later.length], [1, 1]);
  later[0]!();
  cache.compiled(pin);
  assert.equal(asked, 2);
});

test('an engine that cannot be loaded is loaded by a later call, and the flow runs then', async () => {
  let loads = 0;
  const later: (() => void)[] = [];
  let loaded = 0;
  const cache = new FlowCache({
    kinds: () => undefined,
    fetch: async () => askingFlow('Halo') as unknown as PublicFlow,
    loadEngine: async () => {
      loads += 1;
      if (loads === 1) throw new TypeError('no network');
      return import('./flow-engine.ts');
    },
    zones: () => ({}),
    mayFetch: () => true,
    after: (_ms, action) => void later.push(action),
    onLoad: () => void (loaded += 1),
  });
  const pin = { id: 'flow', version: 1 };
  assert.equal(cache.compiled(pin), null);
  await engineLoaded();
  assert.equal(cache.compiled(pin), null);
  assert.deepEqual([loads, later.length, cache.engine, loaded], [1, 1, null, 0]);
  later[0]!();
  cache.compiled(pin);
  await engineLoaded();
  assert.ok(cache.engine, 'the failure is not stored');
  assert.ok(cache.compiled(pin), 'and the flow is not cancelled');
  assert.deepEqual([loads, loaded], [2, 2]);
});

test('a flow of a newer format runs on the host, and is not requested again', async () => {
  let asked = 0;
  const newer = { ...askingFlow('Halo'), format: 'alur.flow/9' } as unknown as PublicFlow;
  const cache = new FlowCache({
    fetch: async () => {
      asked += 1;
      return newer;
    },
    loadEngine: () => import('./flow-engine.ts'),
    zones: () => ({}),
    kinds: () => undefined,
    mayFetch: () => true,
    after: () => assert.fail('it is here'),
    onLoad() {},
  });
  const pin = { id: 'flow', version: 1 };
  assert.equal(cache.compiled(pin), null);
  await engineLoaded();
  assert.equal(cache.compiled(pin), null);
  assert.equal(asked, 1);
});

test('a flow with an x- kind is run here only if the page has declared the kind', async () => {
  const flow = askingFlow('Halo');
  flow.cards['start'] = { kind: 'start', next: ['note'] };
  flow.cards['note'] = { kind: 'x-note', next: ['hi'] };
  const xNote = { kind: 'x-note', compile: () => ({ enter: () => undefined }) };
  for (const kinds of [undefined, { steps: [xNote] }]) {
    const cache = new FlowCache({
      fetch: async () => flow,
      loadEngine: () => import('./flow-engine.ts'),
      zones: () => ({}),
      kinds: () => kinds,
      mayFetch: () => true,
      after: () => assert.fail('nothing is repeated'),
      onLoad() {},
    });
    const pin = { id: 'flow', version: 1 };
    cache.compiled(pin);
    await engineLoaded();
    assert.equal(cache.compiled(pin) !== null, kinds !== undefined);
  }
});
