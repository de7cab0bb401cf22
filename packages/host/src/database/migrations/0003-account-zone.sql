-- The zone that flows made here keep their hours in.
alter table accounts add column time_zone text not null default 'Asia/Jakarta';
