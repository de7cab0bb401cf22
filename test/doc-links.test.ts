import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LINK = /\]\(([^)\s]+)\)/g;

/** Returns the Markdown outside of code blocks. */
function withoutCode(markdown: string): string {
  return markdown.replaceAll(/^(```|~~~)[\s\S]*?^\1/gm, '').replaceAll(/`[^`\n]*`/g, 'code');
}

/** Returns the anchors of the headings, as GitHub names them. */
function anchorsOf(markdown: string): Set<string> {
  const headings = [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, text]) => text!);
  return new Set(
    headings.map((text) =>
      text
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** Returns the links of a Markdown file that lead to no file or no heading. `read` returns a file's text. */
async function brokenLinks(
  file: string,
  read: (path: string) => Promise<string>,
  exists: (path: string) => boolean,
): Promise<string[]> {
  const broken: string[] = [];
  for (const [, link] of withoutCode(await read(file)).matchAll(LINK)) {
    if (/^[a-z]+:/.test(link!)) continue;
    const [path = '', anchor] = link!.split('#');
    const target = path === '' ? file : join(dirname(file), decodeURIComponent(path));
    const isBroken =
      !exists(target) || (anchor && target.endsWith('.md') && !anchorsOf(await read(target)).has(anchor));
    if (isBroken) broken.push(`${file}: ${link}`);
  }
  return broken;
}

test('links of documents lead to files and headings of the repository', async () => {
  const files = execFileSync('git', ['ls-files', '*.md'], { cwd: ROOT, encoding: 'utf8' }).split('\n');
  const documents = files.filter((file) => file !== '' && !file.startsWith('.changeset/'));
  assert.ok(documents.length > 30, `${documents.length} documents`);
  const broken = await Promise.all(
    documents.map((file) =>
      brokenLinks(
        file,
        (path) => readFile(ROOT + path, 'utf8'),
        (path) => existsSync(ROOT + path),
      ),
    ),
  );
  assert.deepEqual(broken.flat(), []);
});

test('a link to a missing file or heading is found', async () => {
  const pages: Record<string, string> = {
    'docs/a.md':
      '# Some `code`\n[b](b.md) [c](../c.md#one-thing) [d](../c.md#gone) [e](gone.md) [f](#some-code)',
    'c.md': '# One thing\n',
  };
  assert.deepEqual(
    await brokenLinks(
      'docs/a.md',
      async (path) => pages[path]!,
      (path) => path in pages || path === 'docs/b.md',
    ),
    ['docs/a.md: ../c.md#gone', 'docs/a.md: gone.md'],
  );
});
