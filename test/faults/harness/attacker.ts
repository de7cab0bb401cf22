import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { AttackTarget } from '../attacks/attack.ts';

export type AttackerReply =
  | { kind: 'ready'; aloneMs: number }
  | { kind: 'over'; counts: Record<string, number> };

/** An attacker in a process of its own. */
export interface Attacker {
  /** Duration of one of its requests without other load, in milliseconds; 0 when it is not measured. */
  readonly aloneMs: number;
  start(): void;
  /** Ends the attack. Returns what was done. Rejects when the attack itself failed. */
  stop(): Promise<Record<string, number>>;
  /** Ends the process. */
  end(): Promise<void>;
}

const MAIN = fileURLToPath(new URL('./attacker-main.ts', import.meta.url));

/** Starts a process that prepares the attack of `module`, a file of `attacks/`. */
export async function createAttacker(module: string, target: AttackTarget): Promise<Attacker> {
  const url = new URL(`../attacks/${module}`, import.meta.url).href;
  const child = fork(MAIN, [url, JSON.stringify(target)]);
  const exited = once(child, 'exit').then(([code]) => {
    throw new Error(`The attacker ended with ${String(code)}.`);
  });
  exited.catch(() => {});
  const reply = async (): Promise<AttackerReply> => {
    const [message] = (await Promise.race([once(child, 'message'), exited])) as [AttackerReply];
    return message;
  };
  const ready = await reply();
  return {
    aloneMs: ready.kind === 'ready' ? ready.aloneMs : 0,
    start: () => void child.send('start'),
    async stop() {
      child.send('stop');
      const message = await reply();
      return message.kind === 'over' ? message.counts : {};
    },
    async end() {
      child.kill('SIGKILL');
      await exited.catch(() => {});
    },
  };
}
