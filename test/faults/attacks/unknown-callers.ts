import { randomBytes } from 'node:crypto';
import { createCall } from '@alur/tooling/testing';
import { createCounts, repeat, type CreateAttack } from './attack.ts';

/** Simultaneous requests of each kind. */
const AT_ONCE = 8;

/** Health checks, preflights for inboxes that do not exist, and wrong API keys, without a pause. */
export const createAttack: CreateAttack = async ({ hostUrl, address }) => {
  const { add, counts } = createCounts();
  const call = createCall(hostUrl, address);
  const invented = (): string => randomBytes(12).toString('hex');
  const health = async () => {
    await call('/v1/health');
    add('health checks');
  };
  const preflight = async () => {
    const headers = { Origin: 'https://shop.example', 'Access-Control-Request-Method': 'POST' };
    await call(`/v1/widget/inb_${invented()}/turns`, { method: 'OPTIONS', headers });
    add('preflights');
  };
  const wrongKey = async () => {
    await call('/v1/conversations', { token: invented() });
    add('wrong keys');
  };
  return {
    counts,
    async run(signal) {
      await Promise.all([health, preflight, wrongKey].map((step) => repeat(AT_ONCE, signal, step)));
    },
  };
};
