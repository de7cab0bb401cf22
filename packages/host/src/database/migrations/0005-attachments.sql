-- Files of visitors. Nobody else sees one before a turn has named it; until then it has no conversation.
create table attachments (
  id text primary key,
  account_id text not null references accounts (id),
  visitor_id text not null references visitors (id),
  conversation_id text references conversations (id),
  about jsonb not null,
  bytes bytea not null,
  created_at timestamptz not null
);
-- Pictures and recordings are packed already.
alter table attachments alter column bytes set storage external;
create index attachments_by_visitor on attachments (visitor_id);
create index attachments_unused on attachments (created_at) where conversation_id is null;
