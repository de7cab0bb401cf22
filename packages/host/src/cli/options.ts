import { parseTrustProxy, type TrustProxy } from '../http/client-address.ts';
import { limitOptions } from './limit-options.ts';
import { OptionError, type Option } from './option.ts';

const text = (value: string): string => {
  if (value.trim() === '') throw new OptionError('must not be empty');
  return value;
};

function integer(min: number, max: number, what: string) {
  return (value: string): number => {
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < min || number > max)
      throw new OptionError(`must be ${what} from ${min} to ${max}`);
    return number;
  };
}

function address(protocols: readonly string[], example: string) {
  return (value: string): string => {
    const url = URL.canParse(value) ? new URL(value) : null;
    if (!url || !protocols.includes(url.protocol) || url.hostname === '')
      throw new OptionError(`must be an address such as ${example}`);
    return value;
  };
}

function isOn(value: string): boolean {
  if (['1', 'true', 'yes', 'on'].includes(value)) return true;
  if (['0', 'false', 'no', 'off'].includes(value)) return false;
  throw new OptionError('must be 1 or 0');
}

const MS = integer(1, 600_000, 'milliseconds');

/** All options of the host. A test compares the table in the README with them. */
export const options = {
  port: {
    flag: 'port',
    variable: 'ALUR_PORT',
    oldVariables: ['PORT'],
    fallback: 8787,
    placeholder: 'number',
    help: 'port to listen on; 0 takes a free one',
    read: integer(0, 65_535, 'a number'),
  },
  hostname: {
    flag: 'hostname',
    variable: 'ALUR_HOSTNAME',
    fallback: '127.0.0.1',
    placeholder: 'address',
    help: 'address to listen on; 0.0.0.0 opens it to other machines',
    read: text,
  },
  data: {
    flag: 'data',
    variable: 'ALUR_DATA',
    fallback: '.data',
    placeholder: 'folder',
    help: 'folder of the embedded database',
    read: text,
  },
  database: {
    flag: 'database',
    aliases: ['postgres'],
    variable: 'ALUR_DATABASE_URL',
    oldVariables: ['ALUR_POSTGRES_URL'],
    fallback: null as string | null,
    placeholder: 'url',
    help: 'keep everything in PostgreSQL instead of --data',
    read: address(['postgres:', 'postgresql:'], 'postgres://user:password@server/database'),
  },
  statementTimeout: {
    flag: 'statement-timeout',
    variable: 'ALUR_STATEMENT_TIMEOUT',
    fallback: 5_000,
    placeholder: 'ms',
    help: 'maximum time of one statement in PostgreSQL',
    read: MS,
  },
  connectTimeout: {
    flag: 'connect-timeout',
    variable: 'ALUR_CONNECT_TIMEOUT',
    fallback: 5_000,
    placeholder: 'ms',
    help: 'maximum time to open a connection to PostgreSQL, or to wait for one',
    read: MS,
  },
  connections: {
    flag: 'connections',
    variable: 'ALUR_CONNECTIONS',
    fallback: 10,
    placeholder: 'number',
    help: 'number of connections to PostgreSQL of this process',
    read: integer(2, 1_000, 'a number'),
  },
  workspace: {
    flag: 'workspace',
    variable: 'ALUR_WORKSPACE',
    fallback: [] as string[],
    placeholder: 'file',
    help: 'workspace file to import; may be given several times (variable: separated by commas)',
    isList: true,
    read: text as (value: string) => never,
  },
  aiUrl: {
    flag: 'ai-url',
    variable: 'ALUR_AI_URL',
    fallback: null as string | null,
    placeholder: 'url',
    help: 'OpenAI-compatible chat endpoint for AI agents; without it they use their own questions',
    read: address(['http:', 'https:'], 'http://localhost:11434/v1'),
  },
  aiKey: {
    flag: 'ai-key',
    variable: 'ALUR_AI_KEY',
    fallback: null as string | null,
    placeholder: 'key',
    help: 'bearer key of that endpoint (prefer the variable: other users see command lines)',
    read: text,
  },
  aiModel: {
    flag: 'ai-model',
    variable: 'ALUR_AI_MODEL',
    fallback: 'default',
    placeholder: 'name',
    help: 'model of that endpoint',
    read: text,
  },
  trustProxy: {
    flag: 'trust-proxy',
    variable: 'ALUR_TRUST_PROXY',
    fallback: 0 as TrustProxy,
    placeholder: 'hops|networks',
    help: 'proxies whose X-Forwarded-For counts: how many, or their networks (10.0.0.0/8,fd00::/8)',
    read(value: string): TrustProxy {
      const trust = parseTrustProxy(value);
      if (trust === null)
        throw new OptionError('must be a number of proxies or networks such as 10.0.0.0/8,fd00::/8');
      return trust;
    },
  },
  privateWebhooks: {
    flag: 'private-webhooks',
    variable: 'ALUR_PRIVATE_WEBHOOKS',
    fallback: false,
    help: 'let webhooks call private addresses (development only)',
    read: isOn,
  },
  kindsModule: {
    flag: 'kinds-module',
    variable: 'ALUR_KINDS_MODULE',
    fallback: null as string | null,
    placeholder: 'file',
    help: 'module with card kinds of your own (x-…)',
    read: text,
  },
  account: {
    flag: 'account',
    variable: 'ALUR_ACCOUNT',
    fallback: null as string | null,
    placeholder: 'id',
    help: 'account of the command `keys`; needed when there are several',
    read: text,
  },
  kind: {
    flag: 'kind',
    variable: 'ALUR_KIND',
    fallback: 'api' as 'api' | 'signing',
    placeholder: 'api|signing',
    help: 'which secret `keys` adds: API key, or key that signs dashboard tokens',
    read(value: string): 'api' | 'signing' {
      if (value !== 'api' && value !== 'signing') throw new OptionError('must be api or signing');
      return value;
    },
  },
  ...limitOptions,
} satisfies Record<string, Option>;

export type OptionName = keyof typeof options;
/** The values of all options. */
export type Settings = { [Name in OptionName]: (typeof options)[Name]['fallback'] };
