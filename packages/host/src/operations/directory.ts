import type { Agent, AiAgent, Label, Team } from '@alur/protocol';
import { queryOne, type Transaction } from '../database/transaction.ts';
import { readPageCursor, pageCursor } from './cursor.ts';
import { HostProblem } from '../problem.ts';
import type { Records } from './records.ts';

/**
 * Records that an account's flows and conversations may name, from one lookup. Ids that do not exist are
 * absent.
 */
export interface Directory {
  labels: ReadonlySet<string>;
  agents: ReadonlyMap<string, Agent>;
  teams: ReadonlyMap<string, Team>;
  aiAgents: ReadonlyMap<string, AiAgent>;
}

/** Ids to look up. */
export interface DirectoryIds {
  labelIds?: Iterable<string>;
  agentIds?: Iterable<string>;
  teamIds?: Iterable<string>;
  aiAgentIds?: Iterable<string>;
}

/** Throws `unknown_reference` for the first id that the account does not have. */
export async function requireKnown(
  records: Pick<Records, 'lookUp'>,
  accountId: string,
  ids: DirectoryIds,
): Promise<Directory> {
  const found = await records.lookUp(accountId, ids);
  const missing =
    [...(ids.labelIds ?? [])].find((id) => !found.labels.has(id)) ??
    [...(ids.agentIds ?? [])].find((id) => !found.agents.has(id)) ??
    [...(ids.teamIds ?? [])].find((id) => !found.teams.has(id)) ??
    [...(ids.aiAgentIds ?? [])].find((id) => !found.aiAgents.has(id));
  if (missing !== undefined)
    throw new HostProblem(
      'unknown_reference',
      `"${missing}" is not in this account. Choose another, or create it first.`,
    );
  return found;
}

/** Returns all ids of an account, to check a flow against them. */
export async function wholeDirectory(tx: Transaction, accountId: string) {
  const row = await queryOne<{ labels: Label[]; agents: Agent[]; teams: Team[]; ai_agents: AiAgent[] }>(
    tx,
    `select
       (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'version', version, 'name', name, 'color', color)), '[]') from labels where account_id = $1) as labels,
       (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'version', version, 'name', name, 'online', online)), '[]') from agents where account_id = $1 and active) as agents,
       (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'version', version, 'name', name, 'agentIds', agent_ids)), '[]') from teams where account_id = $1) as teams,
       (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'version', version, 'name', name)), '[]') from ai_agents where account_id = $1) as ai_agents`,
    [accountId],
  );
  return {
    labels: row?.labels ?? [],
    agents: row?.agents ?? [],
    teams: row?.teams ?? [],
    aiAgents: row?.ai_agents ?? [],
  };
}

/** Account, page size and start of a list. */
export interface ListInput {
  accountId: string;
  limit: number;
  cursor?: string;
}

/** One page of a list. */
export interface Page<T> {
  items: T[];
  /** Cursor of the next page. Null on the last page. */
  next: string | null;
}

/** SQL that converts an agent's row to the contract's resource. */
export const AGENT_SHAPE = `jsonb_strip_nulls(jsonb_build_object('id', id, 'version', version, 'name', name, 'online', online,
  'presence', coalesce(choice, case when online then 'online' else 'away' end), 'active', active, 'maxOpen', max_open,
  'avatarUrl', avatar_url))`;

const SHAPES = {
  labels: `jsonb_build_object('id', id, 'version', version, 'name', name, 'color', color)`,
  agents: AGENT_SHAPE,
  teams: `jsonb_build_object('id', id, 'version', version, 'name', name, 'agentIds', agent_ids)`,
  ai_agents: `jsonb_build_object('id', id, 'version', version, 'name', name)`,
};

function lister<T>(table: keyof typeof SHAPES) {
  return async (tx: Transaction, { accountId, limit, cursor }: ListInput): Promise<Page<T>> => {
    const [name = '', id = ''] = cursor === undefined ? [] : cursorValues(cursor, 2);
    const rows = await tx.query<{ item: T; id: string; name: string }>(
      `select ${SHAPES[table]} as item, id, name from ${table}
       where account_id = $1 and ($2 = '' or (name, id) > ($3, $2)) order by name, id limit $4`,
      [accountId, id, name, limit + 1],
    );
    return pageOf(
      rows,
      limit,
      (row) => row.item,
      (row) => pageCursor(row.name, row.id),
    );
  };
}

/** Converts rows that were read with `limit + 1` to a page. */
export function pageOf<Row, T>(
  rows: Row[],
  limit: number,
  itemOf: (row: Row) => T,
  cursorOf: (row: Row) => string,
): Page<T> {
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  return { items: kept.map(itemOf), next: rows.length > limit && last ? cursorOf(last) : null };
}

/** Returns the values of a page cursor. Throws `invalid_request` when this host did not create it. */
export function cursorValues(cursor: string, length: number): string[] {
  const values = readPageCursor(cursor, length);
  if (!values) throw badCursor();
  return values;
}

export function badCursor(): HostProblem {
  return new HostProblem(
    'invalid_request',
    'The cursor is not one that this list gave. Start again without it.',
  );
}

export const listLabels = lister<Label>('labels');
export const listAgents = lister<Agent>('agents');
export const listTeams = lister<Team>('teams');
export const listAiAgents = lister<AiAgent>('ai_agents');
