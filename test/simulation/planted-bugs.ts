import type { Tables } from './host/tables.ts';
import type { MemoryTransaction } from './host/memory-records.ts';
import type { Store } from './host/memory-database.ts';
import type { PlantedBug } from './simulation.ts';
import { HOST, type Tab } from './tab.ts';
import { Locks } from './device.ts';

/**
 * Six bugs that other products have had, each planted at a place where the simulation controls a part of the
 * product. The simulation must find every one of them.
 */
export const PLANTED_BUGS: Record<string, () => PlantedBug> = {
  'delete before 2xx': deleteBeforeAnswer,
  'new id on retry': newIdOnRetry,
  'cursor by commit order': cursorByCommitOrder,
  'tail lost after a dead letter': tailLost,
  'double after a session change': doubleAfterSessionChange,
  'two drainers': twoDrainers,
};

/** The name of the state that a widget's tabs share. */
const SHARED = `livechat:${HOST}|inb_sim`;

function isTurn(address: unknown, init: RequestInit | undefined): boolean {
  return String(address).endsWith('/turns') && init?.method === 'POST';
}
function idOf(init: RequestInit | undefined): string {
  return (JSON.parse(String(init?.body)) as { id: string }).id;
}

/** Deletes the row when the call begins, as in a queue that shifts and then fetches. */
function deleteBeforeAnswer(): PlantedBug {
  return {
    fetch:
      (fetch, { device }) =>
      async (address, init) => {
        if (isTurn(address, init))
          for (const [order, row] of device.rows) if (row.id === idOf(init)) device.rows.delete(order);
        return fetch(address, init);
      },
  };
}

/** Gives each attempt a new key. */
function newIdOnRetry(): PlantedBug {
  const seen = new Set<string>();
  return {
    fetch:
      (fetch, { device }) =>
      async (address, init) => {
        if (!isTurn(address, init)) return fetch(address, init);
        const id = idOf(init);
        const body = String(init?.body);
        const isRetry = seen.has(id);
        seen.add(id);
        return fetch(address, isRetry ? { ...init, body: body.replaceAll(id, device.world.newId()) } : init);
      },
  };
}

/** Assigns numbers before the commit, so that a later event can be visible before an earlier one. */
function cursorByCommitOrder(): PlantedBug {
  const hidden = new Map<string, Set<number>>();
  return {
    records({ records, writes, hostEvents }: MemoryTransaction, store: Store): MemoryTransaction {
      const { world } = store.options;
      const isSeen = (conversationId: string) => (event: { seq: number }) =>
        !hidden.get(conversationId)?.has(event.seq);
      return {
        writes,
        hostEvents,
        records: {
          ...records,
          async saveConversation(change) {
            await records.saveConversation(change);
            const { id } = change.state;
            const late = hidden.get(id) ?? new Set();
            hidden.set(id, late);
            const numbers = change.events.map(({ seq }) => seq);
            writes.push(() => {
              numbers.forEach((number) => late.add(number));
              world.after(world.random.between(0, 40), () =>
                numbers.forEach((number) => late.delete(number)),
              );
            });
          },
          async listEvents(id, range) {
            return (await records.listEvents(id, range)).filter(isSeen(id));
          },
          async listMessages(id, before, limit) {
            return (await records.listMessages(id, before, limit)).filter(isSeen(id));
          },
        },
      };
    },
  };
}

/** Drops the entries behind an entry that can never succeed. */
function tailLost(): PlantedBug {
  return {
    storage: (storage, { device }) => ({
      ...storage,
      rows: {
        ...storage.rows,
        async put(entry) {
          await storage.rows.put(entry);
          if (entry.state !== 'failed') return;
          for (const row of device.rows.values()) {
            if (row.order <= entry.order) continue;
            device.rows.delete(row.order);
            device.broadcast(SHARED, { kind: 'patch', patch: { do: 'delete', entry: row } });
          }
        },
      },
    }),
  };
}

/** Identifies turns by session and id: a retry in another session counts as a new input. */
function doubleAfterSessionChange(): PlantedBug {
  return {
    records({ records, writes, hostEvents }, store) {
      const { tables } = store.options;
      return {
        writes,
        hostEvents,
        records: {
          ...records,
          async findInput(conversationId, id) {
            const found = await records.findInput(conversationId, id);
            if (!found.turn || found.turn.result.session.id === openSessionOf(tables, conversationId))
              return found;
            return { turn: null, isMessage: false };
          },
          async saveConversation(change) {
            writes.push(() => forgetMessages(tables, change.state.id, change.events));
            await records.saveConversation(change);
          },
          async addTurn(turn) {
            writes.push(() => {
              const turns = tables.conversations.get(turn.conversationId)?.turns;
              const known = turns?.get(turn.id);
              if (!turns || !known) return;
              turns.delete(turn.id);
              turns.set(`${known.sessionId} ${known.id}`, known);
            });
            await records.addTurn(turn);
          },
        },
      };
    },
  };
}

function openSessionOf(tables: Tables, conversationId: string): string | null {
  const session = tables.conversations.get(conversationId)?.state.session;
  return session?.status === 'open' ? session.id : null;
}

/** Makes a message's id unique within its session only. */
function forgetMessages(tables: Tables, conversationId: string, events: readonly { type: string }[]): void {
  const messages = tables.conversations.get(conversationId)?.messages;
  for (const event of events as { type: string; message?: { id: string } }[])
    if (event.message) messages?.delete(event.message.id);
}

/** Makes each tab act as if it were the only one. */
function twoDrainers(): PlantedBug {
  return {
    locks: (_locks, tab: Tab) => new Locks(tab.device.world).managerFor(tab),
  };
}
