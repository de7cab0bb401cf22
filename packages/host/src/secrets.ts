import type { Workspace } from './workspace.ts';
import type { WorkspaceFault } from './workspace-faults.ts';

/**
 * Minimum length of a secret that is created or imported, in characters. 32 random characters cannot be
 * guessed.
 */
export const MIN_SECRET_LENGTH = 32;

/** Entries of a workspace that are stored already: their secrets stay unchanged. */
export interface StoredSecrets {
  hasAccount: boolean;
  hasApiKey(key: string): boolean;
  hasInbox(id: string): boolean;
}

const NOTHING: StoredSecrets = { hasAccount: false, hasApiKey: () => false, hasInbox: () => false };

/** Returns the secrets of a workspace that an import would store and that are too short. */
export function checkSecrets({ account, inboxes = [] }: Workspace, stored = NOTHING): WorkspaceFault[] {
  const faults: WorkspaceFault[] = [];
  function requireLong(path: string, value: string | undefined): void {
    if (value !== undefined && value.length < MIN_SECRET_LENGTH)
      faults.push({
        path,
        value,
        message: `is too short: use at least ${MIN_SECRET_LENGTH} random characters`,
      });
  }
  for (const [index, key] of account.apiKeys.entries())
    if (!stored.hasApiKey(key)) requireLong(`/account/apiKeys/${index}`, key);
  if (!stored.hasAccount) {
    requireLong('/account/signingKey', account.signingKey);
    requireLong('/account/webhookSecret', account.webhookSecret);
  }
  for (const [index, { id, identityKey = [] }] of inboxes.entries())
    if (!stored.hasInbox(id))
      for (const key of [identityKey].flat()) requireLong(`/inboxes/${index}/identityKey`, key);
  return faults;
}
