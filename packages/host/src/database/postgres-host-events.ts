import type { Client } from 'pg';
import type { HostEvent } from './host-event.ts';
import { createConnection } from './postgres-connection.ts';
import { messageOf } from './unavailable.ts';
import { within } from './within.ts';

/** The channel of `NOTIFY` for host events between the processes of one database. */
export const CHANNEL = 'alur';
const RECONNECT_MS = 1_000;
/** Interval of the check of the connection: an idle connection can be dead without an error. */
const CHECK_MS = 10_000;
const CHECK_TIMEOUT_MS = 5_000;
const CLOSE_MS = 1_000;

export interface HostEventListenerOptions {
  url: string;
  connectMs: number;
  onHostEvent(hostEvent: HostEvent): void;
  logger: { error(message: string): void };
}

/**
 * Listens for host events of every process on the database, on its own connection. Reconnects when the
 * connection breaks or stops responding, and then emits `resync`, because host events were lost meanwhile.
 * Rejects when the first connection fails.
 */
export async function listenForHostEvents({ url, connectMs, onHostEvent, logger }: HostEventListenerOptions) {
  let current: Client | null = null;
  let isClosing = false;
  let cancelPause = () => {};

  async function connect(): Promise<void> {
    const client = createConnection(url, { connectMs, queryMs: CHECK_TIMEOUT_MS, report: () => {} });
    client.on('notification', ({ payload }) => {
      const hostEvent = parse(payload);
      if (hostEvent) onHostEvent(hostEvent);
    });
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
    } catch (error) {
      client.end().catch(() => {});
      throw error;
    }
    current = client;
    const check = setInterval(() => {
      // Ending a connection whose query is under way destroys its socket, which emits `end`.
      client.query('select 1').catch(() => client.end().catch(() => {}));
    }, CHECK_MS).unref();
    client.once('end', () => {
      clearInterval(check);
      current = null;
      if (!isClosing) void reconnect();
    });
  }

  async function reconnect(): Promise<void> {
    for (let isLogged = false; ;) {
      await new Promise<void>((done) => {
        const timer = setTimeout(done, RECONNECT_MS);
        cancelPause = () => {
          clearTimeout(timer);
          done();
        };
      });
      if (isClosing) return;
      try {
        await connect();
        onHostEvent({ kind: 'resync' });
        return;
      } catch (error) {
        if (!isLogged) logger.error(`Host events of other processes cannot be received: ${messageOf(error)}`);
        isLogged = true;
      }
    }
  }

  await connect();
  return {
    async close(): Promise<void> {
      isClosing = true;
      cancelPause();
      await within(CLOSE_MS, current?.end());
    },
  };
}

/**
 * Parses a host event. Returns null for anything else: every user of the database can send on the channel.
 */
function parse(payload: string | undefined): HostEvent | null {
  try {
    const value: unknown = JSON.parse(payload ?? 'null');
    return value && typeof value === 'object' && 'kind' in value ? (value as HostEvent) : null;
  } catch {
    return null;
  }
}
