-- An erased visitor has no data: the row exists only for the emptied conversation.
alter table visitors add column erased_at timestamptz;
