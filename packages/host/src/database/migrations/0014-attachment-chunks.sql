-- The bytes of a file in chunks, so that turns run between them. A file is readable once `stored_at` is set.
alter table attachments rename to attachments_before;
alter table attachments_before rename constraint attachments_pkey to attachments_before_pkey;
drop index attachments_by_visitor;
drop index attachments_unused;
create table attachments (
  id text primary key,
  account_id text not null references accounts (id),
  inbox_id text not null references inboxes (id),
  visitor_id text not null references visitors (id),
  conversation_id text references conversations (id),
  about jsonb not null,
  -- Size of the file in quotas, in bytes.
  size bigint not null,
  -- Size of its thumbnail in bytes; null without one.
  thumbnail_size integer,
  stored_at timestamptz,
  created_at timestamptz not null
);
create index attachments_by_visitor on attachments (visitor_id);
create index attachments_unused on attachments (created_at) where conversation_id is null;
create table attachment_chunks (
  attachment_id text not null references attachments (id) on delete cascade,
  variant text not null,
  position integer not null,
  bytes bytea not null,
  primary key (attachment_id, variant, position)
);
-- Images and recordings are compressed already.
alter table attachment_chunks alter column bytes set storage external;
-- Sums of `size`, so that a quota check needs no scan.
create table attachment_usage (
  account_id text not null references accounts (id),
  inbox_id text not null references inboxes (id),
  unused_bytes bigint not null,
  total_bytes bigint not null,
  primary key (account_id, inbox_id)
);
insert into attachments
  select b.id, b.account_id, v.inbox_id, b.visitor_id, b.conversation_id, b.about,
    greatest(octet_length(b.bytes), 4096), null, b.created_at, b.created_at
  from attachments_before b join visitors v on v.id = b.visitor_id;
insert into attachment_chunks
  select b.id, 'original', n, substring(b.bytes from n * 65536 + 1 for 65536)
  from attachments_before b, generate_series(0, (octet_length(b.bytes) - 1) / 65536) n;
insert into attachment_usage
  select account_id, inbox_id, coalesce(sum(size) filter (where conversation_id is null), 0), sum(size)
  from attachments group by account_id, inbox_id;
drop table attachments_before;
