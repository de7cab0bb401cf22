import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import type { VisitorConversation } from '@alur/protocol';
import { createFrameParser } from '../../packages/client/src/live/frame-parser.ts';
import { LiveFeed, type FeedSignal } from '../../packages/client/src/live/live-feed.ts';
import type { EventsAdded, HostEvent } from '../../packages/host/src/database/host-event.ts';
import { createConcurrencyLimiter } from '../../packages/host/src/http/concurrency-limiter.ts';
import type { Database } from '../../packages/host/src/database/database.ts';
import type { Services } from '../../packages/host/src/http/services.ts';
import { createSharedReads } from '../../packages/host/src/streams/shared-reads.ts';
import { replyToConversation } from '../../packages/host/src/operations/conversations.ts';
import type { Records } from '../../packages/host/src/operations/records.ts';
import { submitTurn } from '../../packages/host/src/operations/submit-turn.ts';
import {
  getVisitorConversation,
  listVisitorEvents,
} from '../../packages/host/src/operations/visitor-reads.ts';
import { createHub } from '../../packages/host/src/streams/hub.ts';
import { streamVisitorEvents } from '../../packages/host/src/streams/visitor-stream.ts';
import { exploreAll, Turns, type Choose } from './explore.ts';
import { newTables, preparedFlows, VERSIONS } from './flows.ts';
import { beginInMemory } from './host/memory-records.ts';
import type { Tables } from './host/tables.ts';
import { BEGINNING, settled } from './world.ts';

/** How the streams get a commit: with its events, without them (too large), or not before a later commit. */
export type Telling = 'whole' | 'empty' | 'lost';

const SCOPE = { visitorId: 'vis_1', inboxId: 'inb_sim' };
const newCache = await preparedFlows();
const idle = async () => {};

/** Runs `operation` in one transaction. */
async function commit<Input, Result>(
  tables: Tables,
  operation: (records: Records, input: Input) => Promise<Result>,
  input: Input,
  step: () => Promise<void> = idle,
): Promise<{ result: Result; hostEvents: HostEvent[] }> {
  const { records, writes, hostEvents } = beginInMemory({
    tables,
    flows: newCache(),
    now: new Date(BEGINNING),
    step,
    lock: idle,
  });
  const result = await operation(records, input);
  for (const write of writes) write();
  return { result, hostEvents };
}

/** Returns a visitor with one message. */
async function begin(): Promise<Tables> {
  const tables = newTables(VERSIONS[0]!);
  const now = new Date(BEGINNING);
  const nobody = {
    subject: null,
    verified: false,
    name: null,
    email: null,
    phone: null,
    attributes: {},
    token_attributes: {},
  };
  const place = { account_id: tables.accountId, inbox_id: SCOPE.inboxId };
  tables.visitors.set('vis_1', { id: 'vis_1', ...place, ...nobody, contact_at: now, contact_before: now });
  const input = { kind: 'message' as const, id: 'm0', at: now.toISOString(), text: 'halo' };
  await commit(tables, submitTurn, { ...SCOPE, turn: { id: 'm0', session: 's1', seq: 1, input } });
  return tables;
}

const begun = await begin();

/** Returns a copy of the same start. */
function beginAgain(): Tables {
  const [table] = begun.conversations.values();
  const copy = {
    ...table!,
    events: [...table!.events],
    messages: new Map(table!.messages),
    turns: new Map(table!.turns),
  };
  return {
    ...begun,
    conversations: new Map([[copy.state.id, copy]]),
    ofVisitor: new Map([[SCOPE.visitorId, copy]]),
  };
}

/** Runs one order of a snapshot, a stream after it and commits. */
async function runOne(choose: Choose, telling: Telling, count: number): Promise<void> {
  const tables = beginAgain();
  const turns = new Turns();
  let reads = 0;
  const operations = { getVisitorConversation, listVisitorEvents } as Record<string, unknown>;
  const database = {
    async run(name: string, input: unknown) {
      const thread = `read ${++reads}`;
      const operation = operations[name] as (records: Records, input: unknown) => Promise<unknown>;
      return (await commit(tables, operation, input, () => turns.wait(thread))).result;
    },
  } as unknown as Database;
  const hub = createHub(() => () => {});
  const services = {
    database,
    hub,
    clock: () => BEGINNING,
    limits: null,
    streams: createConcurrencyLimiter(),
    reads: createSharedReads(database),
    access: { watch: () => () => {} },
    logger: console,
  };
  const heard: FeedSignal[] = [];
  const feed = new LiveFeed({
    runtime: { fetch, now: () => BEGINNING, random: () => 0, newId: () => '', after: () => () => {} },
    source: {
      snapshot: async () => {
        const conversation = await database.run('getVisitorConversation', { ...SCOPE, limit: 50 });
        await turns.wait('way');
        return conversation;
      },
      stream: (after, onFrame) => {
        const parser = createFrameParser();
        const outgoing = {
          destroyed: false,
          writableLength: 0,
          writeHead() {},
          once() {},
          on() {},
          end() {},
          write: (text: string) => parser.push(text).forEach(onFrame),
        };
        const context = { env: { outgoing: outgoing as unknown as ServerResponse }, get: () => ({}) };
        streamVisitorEvents(
          services as unknown as Services,
          {
            after,
            caller: {
              kind: 'visitor',
              accountId: tables.accountId,
              family: null,
              expiresAt: Infinity,
              ...SCOPE,
            },
          },
          { context: context as never, address: '' },
        );
        return new Promise(() => {});
      },
      poll: () => Promise.reject(new Error('There is a stream.')),
    },
    onSignal: (signal) => heard.push(signal),
  });

  async function write(): Promise<void> {
    const [conversationId = ''] = tables.conversations.keys();
    for (let number = 1; number <= count; number++) {
      await turns.wait('commit');
      const reply = {
        accountId: tables.accountId,
        conversationId,
        id: `r${number}`,
        text: `${number}`,
        agentId: 'agt_budi',
      };
      const { hostEvents } = await commit(tables, replyToConversation, reply);
      const isLost = telling === 'lost' && number < count;
      for (const hostEvent of hostEvents) if (!isLost) void tell(hostEvent as EventsAdded);
    }
  }
  async function tell(hostEvent: EventsAdded): Promise<void> {
    await turns.wait('host event');
    hub.publish(telling === 'empty' ? { ...hostEvent, events: null } : hostEvent);
  }

  void write();
  feed.setMode('lead');
  do await settled();
  while (turns.next(choose));
  checkOne(heard, tables);
}

/**
 * Checks that the snapshot and the events after it are the log: without gaps, duplicates or changes of order.
 */
function checkOne(heard: readonly FeedSignal[], tables: Tables): void {
  const [snapshot, ...others] = heard.flatMap((signal): VisitorConversation[] =>
    signal.kind === 'snapshot' ? [signal.conversation] : [],
  );
  const events = heard.flatMap((signal) => (signal.kind === 'event' ? [signal.event] : []));
  assert.equal(others.length, 0, 'one snapshot is enough');
  const [table] = tables.conversations.values();
  const wanted = [...table!.messages.keys()];
  const told = events.flatMap((event) => (event.type === 'message' ? [event.message.id] : []));
  assert.deepEqual([...snapshot!.messages.map(({ id }) => id), ...told], wanted);
  assert.ok(events.every(({ seq }, index) => seq > (events[index - 1]?.seq ?? snapshot!.logSeq)));
}

/**
 * Runs a snapshot, a stream after it and `count` commits of agents in every possible order of their steps.
 * Throws for the first order in which an event is lost, doubled or out of order. Returns the number of
 * orders.
 */
export function exploreInterleavings(telling: Telling, count: number): Promise<number> {
  return exploreAll((choose) => runOne(choose, telling, count));
}
