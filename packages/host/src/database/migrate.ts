import { readFile, readdir } from 'node:fs/promises';

const folder = new URL('./migrations/', import.meta.url);

/** Database connection that a migration needs. */
export interface Connection {
  /** Runs one statement or several, without parameters. */
  exec(text: string): Promise<unknown>;
  query<Row>(text: string, params?: unknown[]): Promise<Row[]>;
}

/**
 * Migrates the tables to this version: runs every file of `migrations/` that has not run yet, in the order of
 * their names, each in its own transaction. Several processes may do so at once on PostgreSQL.
 */
export async function migrate(connection: Connection): Promise<void> {
  await connection.exec(
    'create table if not exists migrations (name text primary key, run_at timestamptz not null)',
  );
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  for (const name of names) {
    const text = await readFile(new URL(name, folder), 'utf8');
    await connection.exec('begin');
    try {
      await connection.exec('lock table migrations in exclusive mode');
      const known = await connection.query('select 1 from migrations where name = $1', [name]);
      if (known.length === 0) {
        await connection.exec(text);
        await connection.query('insert into migrations (name, run_at) values ($1, now())', [name]);
      }
      await connection.exec('commit');
    } catch (error) {
      await connection.exec('rollback');
      throw error;
    }
  }
}
