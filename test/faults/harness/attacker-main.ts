/**
 * The attacker in a process of its own, so that its work is not measured with that of honest visitors. It has
 * a lower priority, because a real attacker uses other processors.
 *
 * @module
 */
import { setPriority } from 'node:os';
import type { AttackTarget, CreateAttack } from '../attacks/attack.ts';
import type { AttackerReply } from './attacker.ts';

const [, , module = '', target = '{}'] = process.argv;
setPriority(10);
const { createAttack } = (await import(module)) as { createAttack: CreateAttack };
const attack = await createAttack(JSON.parse(target) as AttackTarget);
const over = new AbortController();
let running = Promise.resolve();

const send = (reply: AttackerReply): void => void process.send?.(reply);
process.on('message', (order: 'start' | 'stop') => {
  if (order === 'start') {
    running = attack.run(over.signal);
    return;
  }
  over.abort();
  void running.then(() => send({ kind: 'over', counts: attack.counts() }));
});
process.once('disconnect', () => process.exit(0));
send({ kind: 'ready', aloneMs: attack.aloneMs ?? 0 });
