-- `online` stays what distribution reads. It follows the agent's own choice and its live streams once the agent has been seen.
alter table agents add column choice text check (choice in ('online', 'away'));
-- When a stream of the agent was last known to be open; null: the account's backend decides alone.
alter table agents add column seen_at timestamptz;
alter table agents add column active boolean not null default true;
alter table agents add column max_open integer not null default 10;
create index agents_by_seen on agents (seen_at) where online and seen_at is not null;

-- Since when a conversation waits for a human who is not there; null: it does not wait.
alter table conversations add column waiting_since timestamptz;
update conversations set waiting_since = updated_at where status = 'pending' and handler is null;
create index conversations_waiting on conversations (account_id, waiting_since, id) where waiting_since is not null;
