import type { Account } from './account.ts';
import type { Host } from './host.ts';
import type { Visitor } from './visitor.ts';

/** Options of a run. */
export interface KitOptions {
  /** Base URL of the host, for example `http://localhost:8787`. */
  base: string;
  /** An API key or a JWT with the role `admin`, of an account for tests. */
  token: string;
  /** Inbox under test. Default: the first one of type `web-livechat`. */
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
  /** Whether to run the checks that must wait (a heartbeat of a stream takes 15 s). Default: true. */
  slow?: boolean;
}

/** Passed to every check. */
export interface Kit {
  host: Host;
  account: Account;
  options: KitOptions;
  /** Creates an anonymous visitor of the inbox under test. */
  visitor(): Promise<Visitor>;
}

/**
 * One requirement for a host. It throws `Unmet` when the host does not meet it, `NotRun` when it cannot be
 * tested.
 */
export interface Check {
  /** `group/name`. Stable, so that a part can be selected (`--only group`). */
  id: string;
  /** Source of the requirement: an operation of the contract, or a rule of docs/flow-documents.md. */
  rule: string;
  /** The expectation, as a sentence. */
  title: string;
  run(kit: Kit): Promise<void>;
}

export function check(id: string, rule: string, title: string, run: Check['run']): Check {
  return { id, rule, title, run };
}
