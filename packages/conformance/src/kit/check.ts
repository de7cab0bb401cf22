import type { Account } from './account.ts';
import type { Host } from './host.ts';
import type { KitOptions } from './kit-options.ts';
import type { Visitor } from './visitor.ts';

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
