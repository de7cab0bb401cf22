import type { Database } from '../database/database.ts';
import type { Logger } from '../logger.ts';
import type { After } from '../timers.ts';
import type { AgentScope } from '../operations/presence.ts';

/** Interval at which live streams are stored in the database, and agents without one are set away. */
const STORE_MS = 15_000;

/** Tracks which agents have a live dashboard stream in this process, and stores it in the database. */
export interface Presence {
  /** Registers an open stream of an agent. Returns a function to call when the stream ends. */
  enter(agent: AgentScope): () => void;
  stop(): void;
}

/** Starts to store presence. Every process stores its own streams. Any process sets agents away. */
export function createPresence({
  database,
  after,
  logger,
}: {
  database: Database;
  after: After;
  logger: Logger;
}): Presence {
  const open = new Map<string, { agent: AgentScope; streams: number }>();
  let isStopped = false;
  let cancel = after(STORE_MS, beat);

  function store(agents: AgentScope[]): Promise<void> {
    return attempt(async () => {
      if (agents.length > 0) await database.run('noteAgentsSeen', { agents });
    });
  }

  function beat(): void {
    const agents = [...open.values()].map(({ agent }) => agent);
    void store(agents)
      .then(() => attempt(() => database.run('expirePresence', undefined)))
      .finally(() => {
        if (!isStopped) cancel = after(STORE_MS, beat);
      });
  }

  async function attempt(work: () => Promise<unknown>): Promise<void> {
    try {
      if (!isStopped) await work();
    } catch (error) {
      if (!isStopped) logger.warn(`Presence could not be noted: ${String(error)}`);
    }
  }

  return {
    enter(agent) {
      const key = `${agent.accountId} ${agent.agentId}`;
      const entry = open.get(key) ?? { agent, streams: 0 };
      entry.streams += 1;
      open.set(key, entry);
      if (entry.streams === 1) void store([agent]);
      return () => {
        entry.streams -= 1;
        if (entry.streams === 0 && open.get(key) === entry) open.delete(key);
      };
    },
    stop() {
      isStopped = true;
      cancel();
    },
  };
}
