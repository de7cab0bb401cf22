import { Client } from 'pg';

/**
 * Creates a schema and returns an address that uses it, so that every test host on one server has its own
 * tables.
 */
export async function withSchema(url: string, schema: string): Promise<string> {
  await onPostgres(url, `create schema ${schema}`);
  const own = new URL(url);
  own.searchParams.set('options', `-c search_path=${schema}`);
  return own.href;
}

/** Runs one statement on its own connection. Returns its rows. */
export async function onPostgres(url: string, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(statement);
  await client.end();
  return rows as unknown[];
}
