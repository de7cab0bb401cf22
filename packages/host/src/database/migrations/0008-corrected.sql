-- Whether the widget's claim differed from the host's result. Such a turn is stored for statistics even without a step.
alter table flow_paths add column corrected boolean not null default false;

with corrected as (
  select c.account_id, e.body->'flow'->>'id' as flow_id, (e.body->'flow'->>'version')::integer as version,
    (e.body->>'at')::timestamptz as at, e.body->>'sessionId' as run_id,
    array(
      select step->>'cardId' from jsonb_array_elements(e.body->'trace') with ordinality as t (step, place)
      where step->>'outcome' in ('entered', 'matched') order by place
    ) as cards
  from events e join conversations c on c.id = e.conversation_id
  where e.type = 'path' and e.body->>'verdict' = 'corrected' and jsonb_typeof(e.body->'flow') = 'object'
), marked as (
  update flow_paths p set corrected = true from corrected c
  where p.account_id = c.account_id and p.flow_id = c.flow_id and p.run_id = c.run_id and p.at = c.at and p.cards = c.cards
)
insert into flow_paths (account_id, flow_id, version, at, run_id, cards, corrected)
select account_id, flow_id, version, at, run_id, cards, true from corrected where cardinality(cards) = 0;
