-- Files of visitors. Until a turn names a file, it has no conversation and only its visitor can read it.
create table attachments (
  id text primary key,
  account_id text not null references accounts (id),
  visitor_id text not null references visitors (id),
  conversation_id text references conversations (id),
  about jsonb not null,
  bytes bytea not null,
  created_at timestamptz not null
);
-- Images and recordings are compressed already.
alter table attachments alter column bytes set storage external;
create index attachments_by_visitor on attachments (visitor_id);
create index attachments_unused on attachments (created_at) where conversation_id is null;
