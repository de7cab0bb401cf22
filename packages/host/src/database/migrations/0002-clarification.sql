-- What an AI agent asks back, in its own words, when it has no answer the first time.
alter table ai_agents add column clarification text;
