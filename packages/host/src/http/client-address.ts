import { BlockList, isIP } from 'node:net';

/**
 * Proxies whose `X-Forwarded-For` is trusted: their number (0: none), or their networks, such as
 * `10.0.0.0/8`.
 */
export type TrustProxy = number | boolean | readonly string[];

const MAX_HOPS = 10;

/**
 * Parses the option's text: a number of proxies, or networks separated by commas. Returns null when it is
 * neither.
 */
export function parseTrustProxy(text: string): TrustProxy | null {
  if (text === 'true') return 1;
  if (text === 'false') return 0;
  if (/^\d+$/.test(text)) return Number(text) <= MAX_HOPS ? Number(text) : null;
  const networks = text.split(',').map((part) => part.trim());
  return networks.every((network) => addNetwork(new BlockList(), network)) ? networks : null;
}

/** Returns the client's address of a request. `remote` is the peer address of the connection. */
export type ReadClientAddress = (remote: string | undefined, forwarded: string | undefined) => string;

/**
 * Creates the reader of client addresses. It starts at the peer address and reads the addresses in
 * `X-Forwarded-For` from the last to the first, as long as the previous address is a trusted proxy. So it
 * never reaches what the client itself wrote. Warns once when a forwarded header arrives from an address that
 * is not trusted. Returns IPv6 addresses as their /64 network, because one visitor has the whole network.
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
      // A proxy that does not know the address writes "unknown": use the last known one.
      if (next === null) break;
      client = next;
    }
    return limitKey(client);
  };
}

/**
 * Returns an address without port, brackets and zone, and IPv4 inside IPv6 as IPv4. Null when the text is no
 * address.
 */
function plainAddress(text: string): string | null {
  const bare =
    /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? (/^[\d.]+:\d+$/.test(text) ? text.split(':')[0]! : text);
  const address = bare.split('%')[0]!;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  return isIP(mapped ?? address) === 0 ? null : (mapped ?? address);
}

/** Returns the key under which rate limits count an address. */
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
