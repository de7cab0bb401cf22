-- Question of an AI agent when it has no answer the first time.
alter table ai_agents add column clarification text;
