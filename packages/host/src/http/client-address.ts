import { BlockList, isIP } from 'node:net';

/**
 * Whose `X-Forwarded-For` counts: how many proxies stand in front of the host (0: none), or the networks that
 * they are in, such as `10.0.0.0/8`.
 */
export type TrustProxy = number | boolean | readonly string[];

const MAX_HOPS = 10;

/** Reads the option's text: a number of proxies, or networks separated by commas. Null when it is neither. */
export function parseTrustProxy(text: string): TrustProxy | null {
  if (text === 'true') return 1;
  if (text === 'false') return 0;
  if (/^\d+$/.test(text)) return Number(text) <= MAX_HOPS ? Number(text) : null;
  const networks = text.split(',').map((part) => part.trim());
  return networks.every((network) => addNetwork(new BlockList(), network)) ? networks : null;
}

/** Returns the client's address of a request: `remote` is the other end of the connection. */
export type ReadClientAddress = (remote: string | undefined, forwarded: string | undefined) => string;

/**
 * Creates the reader of client addresses. It walks from the connection outwards, over the addresses in
 * `X-Forwarded-For` from the last to the first, as long as the one before is a trusted proxy: what a client
 * itself wrote is never reached. Warns once when a forwarded header arrives from an address that is not
 * trusted. IPv6 addresses are returned as their /64 network: one visitor has all of it.
 */
export function createClientAddress(trust: TrustProxy, warn: (message: string) => void): ReadClientAddress {
  const hops = trust === true ? 1 : typeof trust === 'number' ? trust : 0;
  const networks = new BlockList();
  if (typeof trust === 'object')
    for (const network of trust)
      if (!addNetwork(networks, network)) throw new Error(`"${network}" is no network such as 10.0.0.0/8.`);
  let hasWarned = false;

  function isTrusted(address: string, distance: number): boolean {
    if (distance < hops) return true;
    const family = isIP(address);
    return family !== 0 && networks.check(address, family === 6 ? 'ipv6' : 'ipv4');
  }

  return (remote, forwarded) => {
    // Requests made with app.request() have no connection.
    let client = plainAddress(remote ?? '') ?? 'unknown';
    if (forwarded === undefined) return limitKey(client);
    if (!isTrusted(client, 0) && !hasWarned) {
      hasWarned = true;
      warn(
        `A request from ${client} carries X-Forwarded-For, but this address is not a trusted proxy. Behind a proxy, all ` +
          'visitors share one limit until --trust-proxy (ALUR_TRUST_PROXY) says how many proxies there are.',
      );
    }
    const chain = forwarded.split(',').toReversed();
    for (let distance = 0; distance < chain.length && isTrusted(client, distance); distance++) {
      const next = plainAddress(chain[distance]!.trim());
      // A proxy that does not know the address writes "unknown": the last known one stands for it.
      if (next === null) break;
      client = next;
    }
    return limitKey(client);
  };
}

/** An address without port, brackets and zone; IPv4 inside IPv6 as IPv4. Null when it is none. */
function plainAddress(text: string): string | null {
  const bare =
    /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? (/^[\d.]+:\d+$/.test(text) ? text.split(':')[0]! : text);
  const address = bare.split('%')[0]!;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  return isIP(mapped ?? address) === 0 ? null : (mapped ?? address);
}

/** The key that limits count by. */
function limitKey(address: string): string {
  if (isIP(address) !== 6) return address;
  // The URL parser writes an address in its shortest form, and IPv4 parts as hexadecimal groups.
  const short = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = short.split('::');
  const groups = head === '' ? [] : head.split(':');
  const rest = tail === undefined || tail === '' ? [] : tail.split(':');
  const all = [...groups, ...Array.from({ length: 8 - groups.length - rest.length }, () => '0'), ...rest];
  return `${all.slice(0, 4).join(':')}::/64`;
}

function addNetwork(list: BlockList, network: string): boolean {
  const [address = '', length] = network.split('/');
  const family = isIP(address);
  const bits = length === undefined ? (family === 6 ? 128 : 32) : Number(length);
  if (family === 0 || (length !== undefined && !/^\d+$/.test(length)) || bits > (family === 6 ? 128 : 32))
    return false;
  list.addSubnet(address, bits, family === 6 ? 'ipv6' : 'ipv4');
  return true;
}
