-- A save that is repeated with its id returns the version that it created.
alter table flow_versions add column save_id text, add column save_hash text, add column went_live boolean;
create unique index flow_versions_by_save on flow_versions (account_id, flow_id, save_id) where save_id is not null;

-- Incremented with every change of the entry.
alter table inboxes add column version integer not null default 1;
alter table labels add column version integer not null default 1;
alter table agents add column version integer not null default 1;
alter table teams add column version integer not null default 1;
alter table ai_agents add column version integer not null default 1;
