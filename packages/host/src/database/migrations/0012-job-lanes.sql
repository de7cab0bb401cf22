-- Jobs are claimed by kind and account, so that one account delays no other. Webhook calls store their receiver.
alter table jobs add column receiver text;
update jobs set receiver = substring(payload->>'url' from '^[A-Za-z]+://[^/?#]*') where kind = 'webhook';
create index jobs_by_lane on jobs (kind, account_id, run_at, position);
create index jobs_by_lane_time on jobs (kind, run_at);
create index jobs_locked on jobs (kind, account_id, locked_until) where locked_until is not null;
drop index jobs_by_time;
