import { ClientError, collect, createDashboardClient, type DashboardClient } from '@alur/client/dashboard';
import type { Agent, AiAgent, Label, Team } from '@alur/protocol';
import { getSession } from './session.ts';

let client: Promise<DashboardClient> | null = null;

/** The client of these pages. Its token comes from the partner's backend, and is renewed there. */
export function connectHost(): Promise<DashboardClient> {
  client ??= getSession().then(
    ({ hostUrl }) =>
      createDashboardClient({
        host: hostUrl,
        getToken: (refused) => getSession(refused).then(({ token }) => token, sessionUnavailable),
      }),
    (error: unknown) => {
      client = null;
      throw error;
    },
  );
  return client;
}

/** The dashboard's server does not answer: like a missing network, this passes. */
function sessionUnavailable(cause: unknown): never {
  throw new ClientError('network', 'There is no session.', { cause });
}

/** Whom and what flows and conversations refer to. */
export interface DirectoryLists {
  labels: Label[];
  agents: Agent[];
  teams: Team[];
  aiAgents: AiAgent[];
}

/** The whole directory. */
export async function readDirectory(host: DashboardClient): Promise<DirectoryLists> {
  const [labels, agents, teams, aiAgents] = await Promise.all([
    collect((query) => host.listLabels(query)),
    collect((query) => host.listAgents(query)),
    collect((query) => host.listTeams(query)),
    collect((query) => host.listAiAgents(query)),
  ]);
  return { labels, agents, teams, aiAgents };
}
