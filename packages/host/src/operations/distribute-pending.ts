import { queryOne, type Transaction } from '../database/transaction.ts';
import { setHandler } from './conversation-changes.ts';
import type { StoredHandler } from './conversation-state.ts';
import { sqlRecords } from './sql-records.ts';

/** Maximum number of conversations that are assigned in one transaction. */
const MAX_PER_TRANSACTION = 50;

/**
 * Assigns waiting conversations to an online agent, the longest waiting first, until the agent handles
 * `max_open`. The agent must be a candidate, directly or through a team. Returns the number of conversations.
 */
export async function distributePending(
  tx: Transaction,
  { accountId, agentId }: { accountId: string; agentId: string },
): Promise<number> {
  // The lock keeps two distributions from using the same capacity.
  const agent = await queryOne<{ name: string; avatar_url: string | null; room: number }>(
    tx,
    `select a.name, a.avatar_url, a.max_open - (select count(*)::int from conversations c
       where c.account_id = a.account_id and c.handler_agent_id = a.id and c.status <> 'resolved') as room
     from agents a where a.account_id = $1 and a.id = $2 and a.online and a.active for update`,
    [accountId, agentId],
  );
  if (!agent || agent.room <= 0) return 0;
  const waiting = await tx.query<{ id: string }>(
    `select c.id from conversations c where c.account_id = $1 and c.waiting_since is not null
       and (c.candidates->'agentIds' @> to_jsonb($2::text)
         or exists (select 1 from teams t where t.account_id = $1 and $2 = any(t.agent_ids)
           and c.candidates->'teamIds' @> to_jsonb(t.id)))
     order by c.waiting_since, c.id limit $3 for update of c skip locked`,
    [accountId, agentId, Math.min(agent.room, MAX_PER_TRANSACTION)],
  );
  const records = sqlRecords(tx);
  const handler: StoredHandler = {
    kind: 'agent',
    id: agentId,
    name: agent.name,
    ...(agent.avatar_url && { avatarUrl: agent.avatar_url }),
  };
  for (const { id } of waiting) {
    const change = await records.lockConversation(accountId, id);
    setHandler(change, handler);
    await records.saveConversation(change);
  }
  return waiting.length;
}
