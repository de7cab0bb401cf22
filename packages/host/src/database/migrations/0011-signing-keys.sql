-- Second key that signs dashboard tokens while it replaces the first one.
alter table accounts add column next_signing_key text;
