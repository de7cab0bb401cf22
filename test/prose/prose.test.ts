import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkProse, proseFiles } from './check-prose.ts';

test('comments, texts and documents use plain words, in lines of at most 110 columns', async () => {
  assert.deepEqual(await checkProse(proseFiles()), []);
});

test('banned words and long lines are reported with their place', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'alur-prose-'));
  t.after(() => rm(folder, { recursive: true }));
  const code = join(folder, 'code.ts');
  await writeFile(
    code,
    `/** Whoever calls is told. */\nexport const nobody = 'nobody';\n// ${'x '.repeat(60)}\ntest('sent anew', () => {});\n`,
  );
  const page = join(folder, 'page.md');
  await writeFile(page, `Nobody knows.\n\n\`nobody\`\n\n\`\`\`\nanew\n\`\`\`\n\n| ${'x '.repeat(60)}|\n`);
  assert.deepEqual(
    (await checkProse([code, page])).map((fault) => fault.slice(folder.length + 1).replace(/: write.*/, '')),
    [
      'code.ts:1 "Whoever"',
      'code.ts:1 "told"',
      'code.ts:3 has 123 columns, at most 110',
      'code.ts:4 "anew"',
      'page.md:1 "Nobody"',
    ],
  );
});
