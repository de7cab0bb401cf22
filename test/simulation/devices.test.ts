import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createVisitorClient } from '@alur/client';
import { canonical } from '../../packages/host/src/operations/compare-claim.ts';
import { Device } from './device.ts';
import { newTables, preparedFlows, VERSIONS } from './flows.ts';
import { HostProcess } from './host/host-process.ts';
import { Store } from './host/memory-database.ts';
import type { Tables } from './host/tables.ts';
import { FINE, Network } from './network.ts';
import type { Scenario } from './scenario.ts';
import { Simulation } from './simulation.ts';
import { HOST } from './tab.ts';
import { World } from './world.ts';

const SEEDS = 60;
const flows = await preparedFlows();

/** Returns a scenario with one device and no network faults. Its visitor writes, and its clock jumps. */
function withClocks(scenario: Scenario): Scenario {
  const weights = Object.fromEntries(Object.keys(scenario.weights).map((deed) => [deed, 0]));
  return {
    ...scenario,
    weather: FINE,
    devices: [{ hasLocks: true, clockError: 86_400_000 * (scenario.actions % 2 === 0 ? 1 : -1) }],
    weights: { ...weights, say: 4, press: 2, clock: 3, resolve: 1, version: 1 } as Scenario['weights'],
  };
}

/** Returns the final data of the host, without generated names and without times. */
async function outcomeOf(seed: number, areClocksRight: boolean): Promise<string> {
  const simulation = new Simulation(seed, { flows, areClocksRight, adjust: withClocks });
  const { faults } = await simulation.run();
  assert.deepEqual(faults, [], `seed ${seed}`);
  return told(simulation.store.options.tables);
}

function told(tables: Tables): string {
  const [table] = tables.conversations.values();
  const text = canonical({ events: table?.events ?? [], turns: [...(table?.turns.values() ?? [])] });
  return text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'then').replaceAll(/(ses|con|e)_[\w-]+/g, '$1');
}

test('a clock that is a day off and jumps changes nothing of when a message was written', async () => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    const simulation = new Simulation(seed, { flows, adjust: withClocks });
    const { faults } = await simulation.run();
    assert.deepEqual(faults, [], `seed ${seed}`);
    const [table] = simulation.store.options.tables.conversations.values();
    for (const { id, at } of simulation.devices.flatMap(({ kept }) => kept)) {
      const off = table!.turns.get(id)!.usedAt.getTime() - at;
      assert.ok(Math.abs(off) < 1_000, `seed ${seed}: ${id} is off by ${off} ms`);
    }
  }
});

test('the device’s time zone data is never used', async () => {
  const known = globalThis.Intl;
  for (let seed = 1; seed <= SEEDS; seed++) {
    const right = await outcomeOf(seed, true);
    const ignorant = new Proxy(known, {
      get: (_, name) => assert.fail(`Intl.${String(name)} was used.`),
    });
    globalThis.Intl = ignorant;
    try {
      assert.equal(await outcomeOf(seed, true), right, `seed ${seed}`);
    } finally {
      globalThis.Intl = known;
    }
  }
});

test('of fifty calls that wait for an expired token one refreshes it', async () => {
  const world = new World(1);
  const store = new Store({
    world,
    tables: newTables(VERSIONS[0]!),
    flows: flows(),
    isOverlapping: false,
    onDefect: assert.fail,
  });
  const host = new HostProcess(world, store);
  const network = new Network({ world, host: () => host, refuse: () => null });
  const device = new Device(world, 'd1');
  const tab = { name: 't1', isDead: false, isFrozen: false, waiting: [], enter() {}, isOffline: () => false };
  const calls: string[] = [];
  network.onCall = ({ address }) => void calls.push(address.split('/').slice(4).join('/'));
  const client = createVisitorClient({
    host: HOST,
    inboxId: 'inb_sim',
    locks: device.locks.managerFor(tab),
    storage: async () => device.storageFor(tab),
    runtime: {
      fetch: network.fetchFor(tab),
      now: () => device.now(),
      random: world.random,
      newId: () => world.newId(),
      after: (ms, action) => world.after(ms, action, tab),
    },
  });
  void client.older(9);
  await world.run(5_000);
  for (const ends of ['by its time', 'by the host’s word']) {
    // A clock that was set back keeps the token for ever.
    if (ends !== 'by its time') device.clockError = -3_600_000;
    await world.run(16 * 60_000);
    calls.length = 0;
    const answers = Array.from({ length: 50 }, () => client.older(9));
    await world.run(5_000);
    await Promise.all(answers);
    assert.equal(calls.filter((call) => call === 'visitors/refresh').length, 1, ends);
  }
  client.close();
});
