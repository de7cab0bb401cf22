import { ClientError, collect, createDashboardClient, type DashboardClient } from '@alur/client/dashboard';
import type { Agent, AiAgent, Label, Team } from '@alur/protocol';
import { getSession } from './session.ts';

let client: Promise<DashboardClient> | null = null;

/** Returns the client of these pages. The partner's backend issues and renews its token. */
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

/** Throws when the dashboard's server does not respond: a temporary fault, like a missing network. */
function sessionUnavailable(cause: unknown): never {
  throw new ClientError('network', 'There is no session.', { cause });
}

/** The lists that flows and conversations refer to. */
export interface DirectoryLists {
  labels: Label[];
  agents: Agent[];
  teams: Team[];
  aiAgents: AiAgent[];
}

/** Reads the whole directory. */
export async function readDirectory(host: DashboardClient): Promise<DirectoryLists> {
  const [labels, agents, teams, aiAgents] = await Promise.all([
    collect((query) => host.listLabels(query)),
    collect((query) => host.listAgents(query)),
    collect((query) => host.listTeams(query)),
    collect((query) => host.listAiAgents(query)),
  ]);
  return { labels, agents, teams, aiAgents };
}
