import type { Claims, Jwt } from '../../../packages/host/src/http/jwt.ts';

interface Content {
  claims: Claims;
  key: string;
}

/**
 * Signs and verifies tokens within one turn of the event loop. The host's own functions use Web Crypto, whose
 * threads take real time: the order of events would not depend on the seed alone.
 */
export const simulatedJwt: Jwt = {
  signToken: async (claims, key) => Buffer.from(JSON.stringify({ claims, key })).toString('base64url'),
  verifyToken: async (token, keys, { nowMs }) => {
    const { claims, key } = read(token);
    if (!keys.includes(key)) return { ok: false, fault: 'signature' };
    return (claims.exp ?? 0) * 1000 < nowMs ? { ok: false, fault: 'expired' } : { ok: true, claims };
  },
  isSignedBy: async (token, key) => read(token).key === key,
};

function read(token: string): Content {
  return JSON.parse(Buffer.from(token, 'base64url').toString()) as Content;
}
