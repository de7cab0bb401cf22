import { compileFlow, parseFlow, publicFlow, zoneTables } from '@alur/flow';
import type { CompiledFlow, Flow, PublicFlow, Zones } from '@alur/flow';
import type { FlowPin } from '@alur/protocol';
import type { Records } from './records.ts';

/**
 * One version of a flow, made ready to run. Versions are immutable, so this stays true; only its zone tables
 * age.
 */
export interface ReadyFlow {
  flow: Flow;
  compiled: CompiledFlow;
  public: PublicFlow;
  zones: Zones;
}

/** What is kept between operations. `broken` says why a version cannot run (rule 13). */
export type FlowCache = Map<string, { day: number; ready: ReadyFlow } | { day: number; broken: string }>;

const DAY_MS = 86_400_000;
const ZONE_DAYS = 400;
/** Tables begin before today, because a message may have been written offline a while ago. */
const ZONE_DAYS_BACK = 8;
const CAPACITY = 500;

/** An empty cache; one for each database. */
export function createFlowCache(): FlowCache {
  return new Map();
}

/**
 * A version ready to run, from the cache when it was used before; or why it cannot run. Never throws for what
 * is in the document: a broken flow must not stop a conversation.
 */
export async function readyFlow(
  records: Pick<Records, 'now' | 'flows' | 'flowDocument'>,
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
    document === undefined ? `Version ${version} of flow "${flowId}" is not there.` : prepare(document, day);
  const { flows } = records;
  if (flows.size >= CAPACITY) flows.delete(flows.keys().next().value ?? '');
  flows.delete(key);
  flows.set(key, typeof made === 'string' ? { day, broken: made } : { day, ready: made });
  return made;
}

function prepare(document: unknown, day: number): ReadyFlow | string {
  try {
    const parsed = parseFlow(document);
    if (!parsed.ok) return parsed.problems[0]?.message ?? 'The document does not parse.';
    const { flow } = parsed;
    const zones = zoneTables(flow, (day - ZONE_DAYS_BACK) * DAY_MS, ZONE_DAYS + ZONE_DAYS_BACK);
    return { flow, zones, compiled: compileFlow(flow, zones), public: publicFlow(flow) };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
