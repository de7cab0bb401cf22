import { openDatabase } from './open-database.ts';
import type { Settings } from './options.ts';
import { UsageError } from './read-command-line.ts';

/** Lists, adds and revokes the secrets of an account. */
export async function manageKeys([action, id, ...rest]: string[], settings: Settings): Promise<void> {
  if (action !== 'list' && action !== 'add' && action !== 'revoke')
    throw new UsageError('Say what to do: alur-host keys list, keys add or keys revoke <id>.');
  if (action === 'revoke' ? id === undefined || rest.length > 0 : id !== undefined)
    throw new UsageError(
      action === 'revoke' ? 'Say which: alur-host keys revoke <id>.' : `keys ${action} takes no "${id}".`,
    );
  const database = await openDatabase(settings);
  try {
    const accountId = await database.run('chooseAccount', { accountId: settings.account });
    if (action === 'list') {
      for (const key of await database.run('listKeys', { accountId }))
        console.log(
          `${key.id}  ${key.kind.padEnd(7)}  ${key.prefix}…  ${key.createdAt?.toISOString() ?? ''}`.trimEnd(),
        );
    } else if (action === 'add') {
      const { secret, id: added } = await database.run('addKey', { accountId, kind: settings.kind });
      console.log(`${secret}\nKeep it now: it is not shown again. To end it: alur-host keys revoke ${added}`);
    } else {
      await database.run('revokeKey', { accountId, id: id ?? '' });
      console.log(`Revoked ${id}.`);
    }
  } finally {
    await database.close();
  }
}
