-- Attributes that the identity token states, apart from those that pages claim.
alter table visitors add column token_attributes jsonb not null default '{}';
