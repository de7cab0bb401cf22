import { Client } from 'pg';

/**
 * Makes a schema and gives the address that works in it: every test host has tables of its own on one server.
 */
export async function withSchema(url: string, schema: string): Promise<string> {
  await onPostgres(url, `create schema ${schema}`);
  const own = new URL(url);
  own.searchParams.set('options', `-c search_path=${schema}`);
  return own.href;
}

/** Runs one statement on a connection of its own. Returns its rows. */
export async function onPostgres(url: string, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(statement);
  await client.end();
  return rows as unknown[];
}
