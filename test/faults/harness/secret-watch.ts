import type { SeenRequest } from '../proxy.ts';

/** Looks for secrets where they must not be: in URLs, in referrers, in logs. */
export interface SecretWatch {
  /**
   * Collects the secrets of these requests and searches for them in the rest of the requests and in the log.
   */
  look(requests: readonly SeenRequest[], log: string): void;
  /** The findings, without the secrets themselves. */
  readonly leaks: readonly string[];
  readonly secrets: number;
  readonly addresses: number;
}

/** Members of bodies that contain credentials. */
const SECRET_MEMBERS = ['refreshToken', 'identity'];

export function createSecretWatch(known: readonly string[]): SecretWatch {
  const leaks: string[] = [];
  const seen = new Set<string>();
  let addresses = 0;

  return {
    leaks,
    get secrets() {
      return seen.size;
    },
    get addresses() {
      return addresses;
    },
    look(requests, log) {
      const secrets = new Set(known);
      for (const request of requests) for (const secret of secretsOf(request)) secrets.add(secret);
      const places = new Set(
        requests.flatMap(({ target, headers }) => [
          target,
          headers.get('referer') ?? '',
          headers.get('cookie') ?? '',
        ]),
      );
      addresses += requests.length;
      const text = [...places].join('\n');
      for (const secret of secrets) {
        seen.add(secret);
        // Some of their characters can be percent-encoded in a URL.
        if (text.includes(secret) || text.includes(encodeURIComponent(secret)))
          leaks.push(`an address or a header that is kept holds a secret of ${secret.length} characters`);
        if (log.includes(secret)) leaks.push(`the host’s log holds a secret of ${secret.length} characters`);
      }
    },
  };
}

function secretsOf({ headers, body }: SeenRequest): string[] {
  const [, token] = /^Bearer (.+)$/.exec(headers.get('authorization') ?? '') ?? [];
  return [...(token ? [token] : []), ...membersOf(body)].filter((secret) => secret.length >= 16);
}

function membersOf(body: string): string[] {
  try {
    const value = JSON.parse(body) as Record<string, unknown> | null;
    return SECRET_MEMBERS.flatMap((name) => (typeof value?.[name] === 'string' ? [value[name]] : []));
  } catch {
    return [];
  }
}
