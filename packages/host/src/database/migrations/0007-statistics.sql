-- Path of one turn through a flow, for statistics. It does not refer to a visitor, so it stays when the visitor is erased.
create table flow_paths (
  account_id text not null references accounts (id),
  flow_id text not null,
  version integer not null,
  at timestamptz not null,
  run_id text not null,
  cards text[] not null
);
create index flow_paths_by_flow on flow_paths (account_id, flow_id, at);

insert into flow_paths (account_id, flow_id, version, at, run_id, cards)
select * from (
  select c.account_id, e.body->'flow'->>'id' as flow_id, (e.body->'flow'->>'version')::integer as version,
    (e.body->>'at')::timestamptz as at, e.body->>'sessionId' as run_id,
    array(
      select step->>'cardId' from jsonb_array_elements(e.body->'trace') with ordinality as t (step, place)
      where step->>'outcome' in ('entered', 'matched') order by place
    ) as cards
  from events e join conversations c on c.id = e.conversation_id
  where e.type = 'path' and jsonb_typeof(e.body->'flow') = 'object'
) as paths where cardinality(cards) > 0;

-- Office hours in the form of the contract.
alter table inboxes add column office_hours jsonb;
