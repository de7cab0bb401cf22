-- Time zone of new flows.
alter table accounts add column time_zone text not null default 'Asia/Jakarta';
