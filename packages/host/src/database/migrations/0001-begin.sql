-- Secrets of this host, created at the first start. All processes on one database share them.
create table settings (
  key text primary key,
  value text not null
);

create table accounts (
  id text primary key,
  name text not null,
  signing_key text not null,
  webhook_secret text,
  dashboard_origins text[] not null default '{}',
  created_at timestamptz not null
);

-- Only the SHA-256 of a key is stored; the prefix identifies the key in a list.
create table api_keys (
  hash text primary key,
  account_id text not null references accounts (id),
  prefix text not null,
  created_at timestamptz not null
);

create table labels (
  account_id text not null references accounts (id),
  id text not null,
  name text not null,
  color text not null,
  primary key (account_id, id)
);

create table agents (
  account_id text not null references accounts (id),
  id text not null,
  name text not null,
  online boolean not null,
  avatar_url text,
  primary key (account_id, id)
);

create table teams (
  account_id text not null references accounts (id),
  id text not null,
  name text not null,
  agent_ids text[] not null,
  primary key (account_id, id)
);

create table ai_agents (
  account_id text not null references accounts (id),
  id text not null,
  name text not null,
  language text not null,
  instructions text not null,
  fallback text,
  questions jsonb not null,
  primary key (account_id, id)
);

create table flows (
  account_id text not null references accounts (id),
  id text not null,
  name text not null,
  newest integer not null,
  live integer,
  error_count integer not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  primary key (account_id, id)
);
create index flows_by_change on flows (account_id, updated_at desc, id desc) where deleted_at is null;

create table flow_versions (
  account_id text not null,
  flow_id text not null,
  version integer not null,
  -- json, not jsonb: keeps the order of the document's members.
  document json not null,
  problems jsonb not null,
  error_count integer not null,
  created_at timestamptz not null,
  created_by text,
  primary key (account_id, flow_id, version),
  foreign key (account_id, flow_id) references flows (account_id, id)
);

-- Public addresses contain the id without its account, so it is unique in the whole host.
create table inboxes (
  id text primary key,
  account_id text not null references accounts (id),
  name text not null,
  type text not null,
  flow_id text,
  ai_agent_id text,
  agent_ids text[] not null,
  team_ids text[] not null,
  origins text[] not null,
  appearance jsonb not null,
  identity_keys text[] not null
);
create index inboxes_by_account on inboxes (account_id, id);
create index inboxes_by_flow on inboxes (account_id, flow_id);

-- Versions that an inbox served to new sessions, with times. A turn of a widget with a cached configuration is checked against them.
create table served_versions (
  inbox_id text not null references inboxes (id),
  flow_id text not null,
  version integer not null,
  served_from timestamptz not null,
  served_until timestamptz
);
create index served_versions_by_inbox on served_versions (inbox_id, served_from desc);

create table visitors (
  id text primary key,
  account_id text not null references accounts (id),
  inbox_id text not null references inboxes (id),
  subject text,
  verified boolean not null,
  name text,
  email text,
  phone text,
  attributes jsonb not null,
  contact_at timestamptz not null,
  contact_before timestamptz not null,
  created_at timestamptz not null
);
create unique index visitors_by_subject on visitors (inbox_id, subject) where subject is not null;

create table refresh_tokens (
  hash text primary key,
  family text not null,
  visitor_id text not null references visitors (id),
  used_at timestamptz,
  expires_at timestamptz not null
);
create index refresh_tokens_by_family on refresh_tokens (family);
create index refresh_tokens_by_expiry on refresh_tokens (expires_at);

create table conversations (
  id text primary key,
  account_id text not null references accounts (id),
  inbox_id text not null references inboxes (id),
  visitor_id text not null unique references visitors (id),
  epoch text not null,
  head integer not null,
  turn_seq integer not null,
  status text not null,
  label_ids text[] not null,
  handler jsonb,
  handler_agent_id text,
  candidates jsonb not null,
  collaborator_agent_ids text[] not null,
  collaborator_team_ids text[] not null,
  session_id text not null,
  session_number integer not null,
  session_status text not null,
  flow_id text,
  flow_version integer,
  run jsonb not null,
  offered text,
  human_wrote boolean not null,
  visitor_read integer not null,
  agent_read integer not null,
  unread integer not null,
  last_message jsonb,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index conversations_by_change on conversations (account_id, updated_at desc, id desc);
create index conversations_by_load on conversations (account_id, handler_agent_id) where status <> 'resolved';

create table sessions (
  conversation_id text not null references conversations (id),
  id text not null,
  number integer not null,
  status text not null,
  flow_id text,
  flow_version integer,
  run jsonb not null,
  opened_at timestamptz not null,
  resolved_at timestamptz,
  primary key (conversation_id, id)
);

-- Every input of a visitor with the result of this host. A run can be replayed from them.
create table turns (
  conversation_id text not null references conversations (id),
  id text not null,
  seq integer not null,
  session_id text not null,
  input jsonb not null,
  input_hash text not null,
  used_at timestamptz not null,
  received_at timestamptz not null,
  effects jsonb not null,
  result jsonb not null,
  primary key (conversation_id, id)
);
create unique index turns_by_seq on turns (conversation_id, seq);

create table events (
  conversation_id text not null references conversations (id),
  seq integer not null,
  type text not null,
  message_id text,
  body jsonb not null,
  primary key (conversation_id, seq)
);
create unique index events_by_message on events (conversation_id, message_id) where message_id is not null;
create index events_messages on events (conversation_id, seq desc) where message_id is not null;

create table jobs (
  id text primary key,
  kind text not null,
  account_id text not null references accounts (id),
  conversation_id text not null references conversations (id),
  payload jsonb not null,
  position bigint generated always as identity,
  attempts integer not null default 0,
  run_at timestamptz not null,
  locked_until timestamptz
);
create index jobs_by_time on jobs (run_at);
create index jobs_by_conversation on jobs (conversation_id);
