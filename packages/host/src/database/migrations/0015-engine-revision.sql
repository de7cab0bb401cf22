-- Revision of the engine that ran the turn; null: a turn of a host that did not store it.
alter table turns add column engine_revision integer;
-- Offset in minutes of each time zone that a test of this turn read, by name; null: no test did.
alter table turns add column zone_offsets jsonb;
