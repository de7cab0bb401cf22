import type { CheckContext, Field, SummaryContext } from './author-kind.ts';
import { idsField } from './fields.ts';
import { and, listOf, quoted, unset } from './words.ts';

/** Agents and teams that a card refers to. */
interface People {
  agentIds: string[];
  teamIds: string[];
}

/** Returns the fields of a card that refers to agents and teams. */
export function peopleFields(): Field[] {
  return [
    idsField('agentIds', { id: 'Agen', en: 'Agents' }, { of: 'agents', required: false }),
    idsField('teamIds', { id: 'Tim', en: 'Teams' }, { of: 'teams', required: false }),
  ];
}

/** Reports a card that has neither an agent nor a team. */
export function checkPeople({ agentIds, teamIds }: People, { report }: CheckContext): void {
  if (agentIds.length + teamIds.length > 0) return;
  report({
    code: 'nothing-chosen',
    severity: 'error',
    field: 'agentIds',
    message: 'No agent and no team is chosen; choose at least one.',
    data: { isMany: true, either: ['teamIds', 'agentIds'] },
  });
}

/**
 * Reports a card whose teams have no members. The host would assign the conversation to the inbox's default.
 */
export function checkMembers({ agentIds, teamIds }: People, { directory, report }: CheckContext): void {
  const teams = teamIds.flatMap((id) => directory.teams?.find((team) => team.id === id) ?? []);
  if (agentIds.length > 0 || teams.length === 0) return;
  const isAgent = (id: string): boolean =>
    !directory.agents || directory.agents.some((agent) => agent.id === id);
  if (teams.some(({ agentIds: members }) => members === undefined || members.some(isAgent))) return;
  report({
    code: 'empty-team',
    severity: 'warning',
    field: 'teamIds',
    message: 'No agent is in the chosen teams, so the conversation goes to the inbox’s default; add members.',
    data: { teams: teams.map(({ name }) => name) },
  });
}

/** Returns the names of a card's agents, followed by the names of its teams. */
export function peopleNames({ agentIds, teamIds }: People, { nameOf }: SummaryContext): string[] {
  return [...agentIds.map((id) => nameOf('agents', id)), ...teamIds.map((id) => nameOf('teams', id))];
}

/** Returns a list of names, or the text for an unset value if the list is empty. */
export function joinNames(names: string[], { locale }: SummaryContext): string {
  return listOf(names.map(quoted), and, locale) || unset[locale];
}
