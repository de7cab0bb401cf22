-- The visitor's rating of the newest session that has one; every rating is in the log.
alter table conversations add column rating jsonb;

-- Requests of visitors with their own id, other than turns: a repeated request changes nothing.
create table visitor_requests (
  conversation_id text not null references conversations (id),
  id text not null,
  hash text not null,
  primary key (conversation_id, id)
);
