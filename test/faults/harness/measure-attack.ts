import type { Workspace } from '@alur/host';
import { count as said, percentile, within } from '../row.ts';
import { createAttacker } from './attacker.ts';
import { createHonestVisitors, type Probe } from './honest-visitors.ts';
import { type HostProcess, type HostSetup, createHostProcess, rest } from '@alur/tooling/testing';
import type { Harness } from './harness.ts';
import { faultWorkspace } from './workspace.ts';

export const ATTACK_INBOX = 'inb_attack';
export const ATTACK_KEY = 'key-of-the-attacker-of-32-letters-or-more';
const ATTACK_ADDRESS = '203.0.113.9';

/** Returns the account of the attacker, with one inbox and one flow of these cards. */
export function attackWorkspace(cards: Record<string, object>, change: Partial<Workspace> = {}): Workspace {
  return {
    account: {
      id: 'acc_attack',
      name: 'Attack',
      apiKeys: [ATTACK_KEY],
      signingKey: 'signing-key-of-the-attacker-of-32-letters',
      dashboardOrigins: [],
    },
    agents: [{ id: 'agt_attack', name: 'Agent' }],
    flows: [{ format: 'alur.flow/2', id: 'flow_attack', name: 'Attack', timeZone: 'Asia/Jakarta', cards }],
    inboxes: [
      {
        id: ATTACK_INBOX,
        name: 'Attack',
        type: 'web-livechat',
        flow: 'flow_attack',
        agentIds: ['agt_attack'],
      },
    ],
    ...change,
  };
}

export interface AttackSetup {
  /** A file of `attacks/`. */
  attack: string;
  /** Seconds before the attack, and seconds of the attack. */
  seconds: number;
  workspaces: readonly Workspace[];
  host?: Pick<HostSetup, 'allowPrivateWebhooks' | 'postgresUrl'>;
  /**
   * Other actions of honest users besides messages and reads, by the name in the report. The same limit
   * applies to each.
   */
  createProbes?: (host: HostProcess) => Promise<Record<string, Probe>>;
}

/** Result of an attack. */
export interface AttackResult {
  /** The 95th percentiles as text. */
  figures: string;
  /** Actions of the attacker, counted by name. */
  counts: Record<string, number>;
  /** Returns the number of database operations of a name during the attack. */
  operations: (name: string) => number;
  /** Memory of the host in bytes. */
  rss: { before: number; most: number };
}

/** Waits below this pass, in milliseconds: the longest work of the database without an interruption. */
const FLOOR_MS = 50;

/**
 * Starts a host with its default limits. Honest visitors of another account use it, first alone and then
 * during the attack. Compares the 95th percentiles of their waits.
 *
 * @throws Error when an honest request fails, or when the waits are more than twice as long.
 */
export async function measureAttack(harness: Harness, setup: AttackSetup): Promise<AttackResult> {
  const host = await createHostProcess({
    workspace: faultWorkspace(),
    ...setup.host,
    limits: {},
    trustProxy: 1,
  });
  harness.later(() => host.end());
  await host.start();
  for (const workspace of setup.workspaces) await host.importWorkspace(workspace);
  const attacker = await createAttacker(setup.attack, {
    hostUrl: host.url,
    address: ATTACK_ADDRESS,
    inboxId: ATTACK_INBOX,
    apiKey: ATTACK_KEY,
  });
  harness.later(() => attacker.end());
  const probes = {
    requests: await createHonestVisitors(host.url),
    ...(await setup.createProbes?.(host)),
  };

  const ms = setup.seconds * 1000;
  const quiet = await measureAll(probes, ms);
  const before = await host.stats();
  attacker.start();
  const [loud, most] = await Promise.all([measureAll(probes, ms), watchMemory(host, ms)]);
  const after = await host.stats();
  const counts = await attacker.stop();

  const figures = Object.keys(probes).map((name) => {
    const [p95Before, p95During] = [quiet[name]!, loud[name]!].map((values) => percentile(values, 0.95));
    within(
      p95During!,
      Math.max(2 * p95Before!, FLOOR_MS, attacker.aloneMs && p95Before! + attacker.aloneMs),
      `milliseconds of ${name} (p95) during the attack, after ${Math.round(p95Before!)} before it, with ${inWords(counts)}`,
    );
    return `${name} p95 ${p95Before!.toFixed(1)} ms before, ${p95During!.toFixed(1)} ms during`;
  });
  return {
    figures: `${figures.join('; ')}; ${inWords(counts)}`,
    counts,
    operations: (name) => (after.operations[name] ?? 0) - (before.operations[name] ?? 0),
    rss: { before: before.rss, most },
  };
}

async function measureAll(probes: Record<string, Probe>, ms: number): Promise<Record<string, number[]>> {
  const measured = await Promise.all(
    Object.entries(probes).map(async ([name, probe]) => [name, await probe.measure(ms)] as const),
  );
  return Object.fromEntries(measured);
}

const MEMORY_EVERY_MS = 250;

/** Returns the maximum memory of the host within `ms` milliseconds, in bytes. */
async function watchMemory(host: HostProcess, ms: number): Promise<number> {
  let most = 0;
  for (const end = performance.now() + ms; performance.now() < end; await rest(MEMORY_EVERY_MS))
    most = Math.max(most, (await host.stats()).rss);
  return most;
}

function inWords(counts: Record<string, number>): string {
  return Object.entries(counts)
    .map(([name, value]) => `${said(value)} ${name}`)
    .join(', ');
}
