import type { Agent, AiAgent, Appearance, OfficeHours, Team } from '@alur/protocol';
import { acceptedMembers } from '../appearance.ts';
import { queryOne, type Transaction } from '../database/transaction.ts';
import type { Directory } from './directory.ts';
import type { Inbox } from './inboxes.ts';
import type { InboxRecords } from './records.ts';

/** Row of `inboxes`. */
export interface InboxRow {
  id: string;
  account_id: string;
  version: number;
  name: string;
  type: Inbox['type'];
  flow_id: string | null;
  ai_agent_id: string | null;
  agent_ids: string[];
  team_ids: string[];
  origins: string[];
  appearance: Appearance;
  office_hours: OfficeHours | null;
  identity_keys: string[];
}

/** Converts a row to an inbox. */
export function inboxOf(row: InboxRow): Inbox {
  return {
    id: row.id,
    accountId: row.account_id,
    version: row.version,
    name: row.name,
    type: row.type,
    flowId: row.flow_id,
    aiAgentId: row.ai_agent_id,
    agentIds: row.agent_ids,
    teamIds: row.team_ids,
    origins: row.origins,
    appearance: acceptedMembers(row.appearance),
    officeHours: row.office_hours,
    identityKeys: row.identity_keys,
  };
}

const EMPTY_DIRECTORY: Directory = {
  labels: new Set(),
  agents: new Map(),
  teams: new Map(),
  aiAgents: new Map(),
};

/** Returns the SQL implementation for inboxes, the flows that they give, and the directory of an account. */
export function sqlInboxRecords(tx: Transaction): InboxRecords {
  return {
    async findInboxById(inboxId) {
      const row = await queryOne<InboxRow>(tx, 'select * from inboxes where id = $1', [inboxId]);
      return row && inboxOf(row);
    },

    async servedNow(inboxId) {
      const row = await queryOne<{ flow_id: string; version: number }>(
        tx,
        'select flow_id, version from served_versions where inbox_id = $1 and served_until is null',
        [inboxId],
      );
      return row ? { id: row.flow_id, version: row.version } : null;
    },

    async listServings(inboxId, { id, version }) {
      const rows = await tx.query<{ served_from: Date; served_until: Date | null }>(
        `select served_from, served_until from served_versions
         where inbox_id = $1 and flow_id = $2 and version = $3 order by served_from desc`,
        [inboxId, id, version],
      );
      return rows.map(({ served_from: from, served_until: until }) => ({ from, until }));
    },

    async flowDocument(accountId, { id, version }) {
      const row = await queryOne<{ document: unknown }>(
        tx,
        'select document from flow_versions where account_id = $1 and flow_id = $2 and version = $3',
        [accountId, id, version],
      );
      return row?.document;
    },

    async lookUp(accountId, ids) {
      const [labelIds, agentIds, teamIds, aiAgentIds] = [
        [...(ids.labelIds ?? [])],
        [...(ids.agentIds ?? [])],
        [...(ids.teamIds ?? [])],
        [...(ids.aiAgentIds ?? [])],
      ];
      if (labelIds.length + agentIds.length + teamIds.length + aiAgentIds.length === 0)
        return EMPTY_DIRECTORY;
      const rows = await tx.query<{ kind: string; item: unknown }>(
        `with named as (select * from teams where account_id = $1 and id = any($4::text[]))
         select 'label' as kind, to_jsonb(id) as item from labels where account_id = $1 and id = any($2::text[])
         union all
         select 'team', jsonb_build_object('id', id, 'version', version, 'name', name, 'agentIds', agent_ids) from named
         union all
         select 'agent', jsonb_strip_nulls(jsonb_build_object('id', id, 'version', version, 'name', name, 'online', online, 'avatarUrl', avatar_url))
         from agents where account_id = $1 and active
           and (id = any($3::text[]) or id in (select unnest(agent_ids) from named))
         union all
         select 'ai', jsonb_build_object('id', id, 'version', version, 'name', name) from ai_agents where account_id = $1 and id = any($5::text[])`,
        [accountId, labelIds, agentIds, teamIds, aiAgentIds],
      );
      const of = <T>(kind: string) => rows.filter((row) => row.kind === kind).map((row) => row.item as T);
      const byId = <T extends { id: string }>(items: T[]) => new Map(items.map((item) => [item.id, item]));
      return {
        labels: new Set(of<string>('label')),
        agents: byId(of<Agent>('agent')),
        teams: byId(of<Team>('team')),
        aiAgents: byId(of<AiAgent>('ai')),
      };
    },

    async openLoad(accountId, agentIds) {
      const rows = await tx.query<{ agent: string; load: number }>(
        `select handler_agent_id as agent, count(*)::int as load from conversations
         where account_id = $1 and status <> 'resolved' and handler_agent_id = any($2::text[]) group by 1`,
        [accountId, agentIds],
      );
      return new Map(rows.map(({ agent, load }) => [agent, load]));
    },
  };
}
