import { nearest } from './nearest.ts';
import type { WorkspaceFault } from './workspace-faults.ts';
import type { Workspace } from './workspace.ts';

/** Ids that references may name. */
export type KnownIds = Record<'labels' | 'agents' | 'teams' | 'aiAgents' | 'flows', ReadonlySet<string>>;

const NAMES: Record<keyof KnownIds, string> = {
  labels: 'label',
  agents: 'agent',
  teams: 'team',
  aiAgents: 'AI agent',
  flows: 'flow',
};

/** Returns the ids that a workspace itself contains. */
export function workspaceIds(workspace: Workspace): KnownIds {
  const ids = (list: readonly unknown[] = []): Set<string> =>
    new Set(list.flatMap((item) => ((item as { id?: unknown } | null)?.id as string | undefined) ?? []));
  const { labels, agents, teams, aiAgents, flows } = workspace;
  return {
    labels: ids(labels),
    agents: ids(agents),
    teams: ids(teams),
    aiAgents: ids(aiAgents),
    flows: ids(flows),
  };
}

/**
 * Returns every reference of teams and inboxes to an id that is neither in the workspace nor in `stored`, and
 * every id that occurs twice in one list.
 */
export function checkReferences(workspace: Workspace, stored?: KnownIds): WorkspaceFault[] {
  const own = workspaceIds(workspace);
  const faults: WorkspaceFault[] = [];

  function requireKnown(list: keyof KnownIds, path: string, id: string | null | undefined): void {
    if (id === null || id === undefined || own[list].has(id) || stored?.[list].has(id)) return;
    const close = nearest(id, [...own[list], ...(stored?.[list] ?? [])]);
    const hint = close === null ? '' : `; did you mean "${close}"?`;
    faults.push({ path, value: id, message: `names no ${NAMES[list]} of this account${hint}` });
  }

  for (const list of ['labels', 'agents', 'teams', 'aiAgents', 'flows', 'inboxes'] as const) {
    const seen = new Set<string>();
    for (const [index, item] of (workspace[list] ?? []).entries()) {
      const id = (item as { id?: unknown } | null)?.id;
      if (typeof id !== 'string') continue;
      if (seen.has(id))
        faults.push({ path: `/${list}/${index}/id`, value: id, message: 'stands twice in this list' });
      seen.add(id);
    }
  }
  for (const [index, { agentIds }] of (workspace.teams ?? []).entries())
    for (const [at, id] of agentIds.entries()) requireKnown('agents', `/teams/${index}/agentIds/${at}`, id);
  for (const [index, inbox] of (workspace.inboxes ?? []).entries()) {
    const path = `/inboxes/${index}`;
    requireKnown('flows', `${path}/flow`, inbox.flow);
    requireKnown('aiAgents', `${path}/aiAgentId`, inbox.aiAgentId);
    for (const [at, id] of (inbox.agentIds ?? []).entries())
      requireKnown('agents', `${path}/agentIds/${at}`, id);
    for (const [at, id] of (inbox.teamIds ?? []).entries())
      requireKnown('teams', `${path}/teamIds/${at}`, id);
  }
  return faults;
}
