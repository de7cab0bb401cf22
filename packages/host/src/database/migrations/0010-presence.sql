-- Assignment reads `online`. Once the agent has opened a stream, its own choice and its streams determine `online`.
alter table agents add column choice text check (choice in ('online', 'away'));
-- Last time at which a stream of the agent was open; null: only the account's backend sets `online`.
alter table agents add column seen_at timestamptz;
alter table agents add column active boolean not null default true;
alter table agents add column max_open integer not null default 10;
create index agents_by_seen on agents (seen_at) where online and seen_at is not null;

-- Time since which a conversation waits for an agent to come online; null: it does not wait.
alter table conversations add column waiting_since timestamptz;
update conversations set waiting_since = updated_at where status = 'pending' and handler is null;
create index conversations_waiting on conversations (account_id, waiting_since, id) where waiting_since is not null;
