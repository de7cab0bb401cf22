-- Images that an earlier version stored with their metadata. The command `clean-images` removes it.
alter table attachments add column has_metadata boolean not null default false;
-- 0014 has set both times of such a file to the same value.
update attachments set has_metadata = true
  where stored_at = created_at and thumbnail_size is null
    and about->>'type' in ('image/jpeg', 'image/png', 'image/gif', 'image/webp');
create index attachments_with_metadata on attachments (id) where has_metadata;
