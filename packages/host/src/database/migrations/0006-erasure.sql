-- An erased visitor is nobody: the row is there only because an emptied conversation belongs to it.
alter table visitors add column erased_at timestamptz;
