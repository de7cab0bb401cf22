import type { Account } from './account.ts';
import type { Host } from './host.ts';
import type { Visitor } from './visitor.ts';

/** What the person who runs the kit says about the host. */
export interface KitOptions {
  /** Where the host listens, e.g. `http://localhost:8787`. */
  base: string;
  /** An API key or a JWT with the role `admin`, of an account for tests. */
  token: string;
  /** The inbox to work on. Default: the first one of type `web-livechat`. */
  inbox?: string;
  /** Another inbox of the account. Default: a `whatsapp` one, else any other. */
  otherInbox?: string;
  /** A dashboard token of another account, for the tenancy checks that need one. */
  foreignToken?: string;
  /** The inbox's identity key, for the checks about verified visitors. */
  identityKey?: string;
  /** The account's id and its signing key, for the checks about dashboard JWTs. */
  accountId?: string;
  signingKey?: string;
  /** Also make the checks that must wait (a heartbeat of a stream takes 15 s). Default true. */
  slow?: boolean;
}

/** What every check is handed. */
export interface Kit {
  host: Host;
  account: Account;
  options: KitOptions;
  /** A new anonymous visitor of the inbox under test. */
  visitor(): Promise<Visitor>;
}

/**
 * One thing that a host must do. It throws `Unmet` when the host does not, `NotRun` when it cannot be tried.
 */
export interface Check {
  /** `group/name`; stable, so that a host can be held against a part (`--only group`). */
  id: string;
  /** Where it is written: an operation of the contract, or a rule of docs/flow-documents.md. */
  rule: string;
  /** What is expected, as a sentence. */
  title: string;
  run(kit: Kit): Promise<void>;
}

export function check(id: string, rule: string, title: string, run: Check['run']): Check {
  return { id, rule, title, run };
}
