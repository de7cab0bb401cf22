-- Attributes from the identity token, stored separately from those that pages claim.
alter table visitors add column token_attributes jsonb not null default '{}';
