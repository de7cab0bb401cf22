import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestDatabase } from '../testing/test-database.ts';
import { databases } from '../testing/test-host.ts';
import { workspaceOf } from '../testing/test-workspace.ts';
import { importWorkspace } from './import-workspace.ts';
import { operations } from './index.ts';

for (const kind of databases)
  test(`stored appearance members that are invalid today are not returned on ${kind.name}`, async (t) => {
    const database = await createTestDatabase(kind);
    t.after(() => database.close());
    const workspace = workspaceOf('appearance');
    const accountId = workspace.account.id;
    const inboxId = workspace.inboxes?.[0]?.id ?? '';
    await database.run(importWorkspace, { workspace });
    const stored = {
      title: 'Toko',
      theme: 'dark',
      'a/b~c': 1,
      accent: 'red',
      fallbackContact: 'javascript:x',
    };
    await database.sql('update inboxes set appearance = $1::jsonb', [JSON.stringify(stored)]);

    const { appearance, version } = await database.run(operations.getInbox, { accountId, inboxId });
    assert.deepEqual(appearance, { title: 'Toko' });
    const { items } = await database.run(operations.listInboxes, { accountId, limit: 10, cursor: undefined });
    assert.deepEqual(items[0]?.appearance, appearance);
    const config = await database.run(operations.getWidgetConfig, { inboxId });
    assert.deepEqual(config.appearance, appearance);

    const update = { baseVersion: version, appearance: { ...appearance, greeting: 'Halo!' } };
    const changed = await database.run(operations.updateInbox, { accountId, inboxId, update });
    assert.deepEqual(changed.appearance, { title: 'Toko', greeting: 'Halo!' });
  });
