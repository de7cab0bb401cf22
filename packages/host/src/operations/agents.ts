import type { Agent, AgentUpdate } from '@alur/protocol';
import type { Transaction } from '../database/transaction.ts';
import { HostProblem } from '../problem.ts';
import { assignHumans } from './apply-effects.ts';
import { distributePending } from './distribute-pending.ts';
import { candidatesOf } from './distribution.ts';
import { getAgent, lockAgent, type AgentScope } from './presence.ts';
import { sqlRecords } from './sql-records.ts';

/** Changes the given fields. Throws `not_found`, `version_conflict`. */
export async function updateAgent(
  tx: Transaction,
  { update, ...scope }: AgentScope & { update: AgentUpdate },
): Promise<Agent> {
  const { baseVersion, active, maxOpen } = update;
  const row = await lockAgent(tx, scope);
  if (baseVersion !== undefined && baseVersion !== row.version)
    throw new HostProblem(
      'version_conflict',
      `The agent was changed in the meantime (version ${row.version}). Read it again; nothing was overwritten.`,
    );
  await tx.query(
    `update agents set active = coalesce($3, active), max_open = coalesce($4, max_open), version = version + 1,
       online = online and coalesce($3, active)
     where account_id = $1 and id = $2`,
    [scope.accountId, scope.agentId, active ?? null, maxOpen ?? null],
  );
  tx.notify({ kind: 'settings' });
  if (active === false) tx.notify({ kind: 'agent-deactivated', ...scope });
  await distributePending(tx, scope);
  return getAgent(tx, scope);
}

/** Maximum number of conversations that are released in one transaction. */
const MAX_PER_TRANSACTION = 50;

/**
 * Takes conversations from a deactivated agent. Each goes to another of its candidates, else to the agents
 * and teams of the inbox. Without an online agent it waits. Returns the number of conversations: call it
 * again until that is 0.
 */
export async function releaseConversations(
  tx: Transaction,
  { accountId, agentId }: AgentScope,
): Promise<number> {
  const records = sqlRecords(tx);
  const rows = await tx.query<{ id: string }>(
    `select id from conversations where account_id = $1 and handler_agent_id = $2 and status <> 'resolved'
     order by id limit $3 for update`,
    [accountId, agentId, MAX_PER_TRANSACTION],
  );
  for (const { id } of rows) {
    const change = await records.lockConversation(accountId, id);
    const inbox = await records.findInboxById(change.state.inboxId);
    let named = change.state.candidates;
    let directory = await records.lookUp(accountId, named);
    if (inbox && candidatesOf(directory, named).length === 0) {
      named = { agentIds: inbox.agentIds, teamIds: inbox.teamIds };
      directory = await records.lookUp(accountId, named);
    }
    await assignHumans(records, change, directory, named);
    await records.saveConversation(change);
  }
  return rows.length;
}
