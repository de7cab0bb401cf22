import { compileFlow, parseFlow, publicFlow, zoneTables } from '@alur/flow';
import type { CompiledFlow, Flow, PublicFlow, Zones } from '@alur/flow';
import type { FlowPin } from '@alur/protocol';
import type { HostKinds } from '../kinds/custom-kinds.ts';
import type { Records } from './records.ts';

/**
 * Version of a flow that is ready to run. Versions are immutable, so only its zone tables become outdated.
 */
export interface ReadyFlow {
  flow: Flow;
  compiled: CompiledFlow;
  public: PublicFlow;
  zones: Zones;
}

/** Entries that are kept between operations. `broken` states why a version cannot run (rule 13). */
export type FlowCache = Map<string, { day: number; ready: ReadyFlow } | { day: number; broken: string }>;

const DAY_MS = 86_400_000;
const ZONE_DAYS = 400;
/** Number of days before today that zone tables cover. A message may have been written offline days ago. */
const ZONE_DAYS_BACK = 8;
const CAPACITY = 500;

/** Creates an empty cache. Each database has its own. */
export function createFlowCache(): FlowCache {
  return new Map();
}

/**
 * Returns a version ready to run, from the cache if it was used before, or the reason why it cannot run.
 * Never throws because of the document's content: a broken flow must not stop a conversation.
 */
export async function readyFlow(
  records: Pick<Records, 'now' | 'flows' | 'kinds' | 'flowDocument'>,
  accountId: string,
  pin: FlowPin,
): Promise<ReadyFlow | string> {
  const { id: flowId, version } = pin;
  const key = `${accountId}/${flowId}/${version}`;
  const day = Math.floor(records.now.getTime() / DAY_MS);
  const kept = records.flows.get(key);
  if (kept?.day === day) return 'ready' in kept ? kept.ready : kept.broken;

  const document = await records.flowDocument(accountId, pin);
  const made =
    document === undefined
      ? `Version ${version} of flow "${flowId}" is not there.`
      : prepare(document, day, records.kinds);
  const { flows } = records;
  if (flows.size >= CAPACITY) flows.delete(flows.keys().next().value ?? '');
  flows.delete(key);
  flows.set(key, typeof made === 'string' ? { day, broken: made } : { day, ready: made });
  return made;
}

function prepare(document: unknown, day: number, kinds: HostKinds): ReadyFlow | string {
  try {
    const parsed = parseFlow(document, { kinds: kinds.author });
    if (!parsed.ok) return parsed.problems[0]?.message ?? 'The document does not parse.';
    const { flow } = parsed;
    const zones = zoneTables(flow, (day - ZONE_DAYS_BACK) * DAY_MS, ZONE_DAYS + ZONE_DAYS_BACK);
    return {
      flow,
      zones,
      compiled: compileFlow(flow, zones, kinds.run),
      public: publicFlow(flow, { kinds: kinds.author }),
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
