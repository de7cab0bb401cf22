import { createHost, importWorkspace, type Limits, type Workspace } from '@alur/host';
import { openTemplate } from '@alur/host/testing';
import { isFull } from '../../support/run-size.ts';
import type { KitOptions } from '@alur/conformance';

/** Our own host with two accounts, in the form of the kit's options. */
export interface OwnHost {
  options: KitOptions;
  close(): Promise<void>;
}

const SIGNING_KEY = 'conformance-signing-key-of-32-letters';
const IDENTITY_KEY = 'conformance-identity-key-of-32-letters';

function workspace(id: string): Workspace {
  return {
    account: {
      id,
      name: id,
      apiKeys: [`key-of-${id}-for-the-conformance-kit`],
      signingKey: `${SIGNING_KEY}-${id}`,
      dashboardOrigins: [],
    },
    labels: [
      { id: `${id}_lbl_order`, name: 'Pesanan', color: '#2f6fed' },
      { id: `${id}_lbl_urgent`, name: 'Urgent', color: '#d92d20' },
    ],
    agents: [
      { id: `${id}_agt_budi`, name: 'Budi' },
      { id: `${id}_agt_sari`, name: 'Sari' },
      { id: `${id}_agt_dewi`, name: 'Dewi', online: false },
    ],
    teams: [{ id: `${id}_team_cs`, name: 'CS', agentIds: [`${id}_agt_budi`, `${id}_agt_sari`] }],
    aiAgents: [
      {
        id: `${id}_ai_cs`,
        name: 'Nara',
        // As a collaborator it gives only known answers, so it has to know the questions of the checks.
        questions: [
          { question: 'halo', answer: 'Halo, saya Nara.' },
          { question: 'Pesanan', answer: 'Pesanan dikirim hari ini.' },
        ],
      },
    ],
    inboxes: [
      { id: `${id}_web`, name: 'Web', type: 'web-livechat', identityKey: IDENTITY_KEY },
      { id: `${id}_wa`, name: 'WhatsApp', type: 'whatsapp' },
    ],
  };
}

/** Starts the host on a free port. Without `limits`, one caller has no limits. */
export async function startOwnHost(limits: Partial<Limits> | false = false, port = 0): Promise<OwnHost> {
  const quiet = (): void => undefined;
  const logger = { info: quiet, warn: quiet, error: console.error };
  const host = await createHost({ database: await openTemplate(), limits, logger });
  await importWorkspace(host, workspace('own'));
  await importWorkspace(host, workspace('foreign'));
  const base = await host.listen(port, '127.0.0.1');
  return {
    options: {
      base,
      token: 'key-of-own-for-the-conformance-kit',
      foreignToken: 'key-of-foreign-for-the-conformance-kit',
      identityKey: IDENTITY_KEY,
      accountId: 'own',
      signingKey: `${SIGNING_KEY}-own`,
      slow: isFull,
    },
    close: () => host.close(),
  };
}

/**
 * Returns a list entry without `version`, which counts changes: a changed and restored inbox has a higher
 * one.
 */
export function withoutVersion(entry: object): object {
  const { version: _, ...rest } = entry as { version?: number };
  return rest;
}
