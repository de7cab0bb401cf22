/**
 * The packages as users install them: their content, plain JavaScript on the oldest Node and on a server,
 * types, and a bundle in a real browser.
 *
 * @module
 */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { build, type Rolldown } from 'vite';
import { startOwnHost } from '../conformance/self-test/own-host.ts';
import type { Release } from '../../packages/tooling/cdn/script-tag-release.ts';
import { launchChromium } from '../support/chromium.ts';
import { checkReactPage } from './react-page.ts';
import { serveBuilt } from './serve-built.ts';
import { createScratchProject, PUBLISHED, type ScratchProject } from './scratch-project.ts';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const USES = fileURLToPath(new URL('uses/', import.meta.url));

describe('the published packages', { timeout: 300_000 }, () => {
  let project: ScratchProject;
  let nodes: { path: string; version: string }[] = [];

  before(async () => {
    [project, nodes] = await Promise.all([createScratchProject(), findNodes()]);
    const linked = ['@types/node', '@types/react', 'react', 'react-dom', 'svelte', 'vue'];
    await Promise.all(linked.map((name) => project.link(name)));
  });
  after(() => project?.remove());

  for (const name of PUBLISHED) {
    test(`${name} contains the promised files, and no development files`, async () => {
      const manifest = project.manifests.get(name)!;
      const versions = Object.values({ ...manifest.dependencies, ...manifest.peerDependencies });
      assert.deepEqual(
        versions.filter((version) => version.startsWith('workspace:')),
        [],
      );
      const folder = join(project.folder, 'node_modules', '@alur', name);
      const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
      assert.ok(files.includes('README.md') && files.includes('LICENSE'), files.join(', '));
      assert.deepEqual(
        files.filter((file) => /\.test\.|^src\/|(?<!\.d)\.ts$|tsbuildinfo/.test(file)),
        [],
      );
    });

    test(`${name} passes publint`, async () => {
      const bytes = await readFile(project.tarballs.get(name)!);
      const tarball = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
      const { messages, pkg } = await publint({ pack: { tarball: tarball as ArrayBuffer } });
      assert.deepEqual(
        messages.map((message) => formatMessage(message, pkg!)),
        [],
      );
    });
  }

  test('the script-tag files that are packed are the ones whose hashes are packed with them', async () => {
    const cdn = join(project.folder, 'node_modules/@alur/livechat-widget/dist/cdn');
    const { files, entry, version } = JSON.parse(
      await readFile(join(cdn, 'integrity.json'), 'utf8'),
    ) as Release;
    assert.equal(version, project.manifests.get('livechat-widget')!.version);
    assert.ok(entry in files);
    const scripts = (await readdir(cdn)).filter((file) => file.endsWith('.js'));
    assert.deepEqual(scripts.toSorted(), Object.keys(files).toSorted());
    for (const file of scripts) {
      const hash = createHash('sha384')
        .update(await readFile(join(cdn, file)))
        .digest('base64');
      assert.equal(files[file], `sha384-${hash}`, file);
    }
  });

  test('every module can be imported on a server without output and without open handles', async () => {
    const names = [...modules()];
    assert.ok(names.includes('@alur/livechat-widget/define') && names.includes('@alur/flow-editor/define'));
    const file = await project.write(
      'import-all.mjs',
      `for (const name of ${JSON.stringify(names)}) await import(name);
       console.log(typeof document, typeof window, typeof livechat);`,
    );
    for (const { path, version } of nodes) {
      const { stdout, stderr } = await run(path, [file], { cwd: project.folder });
      assert.equal(stderr, '', `Node ${version}`);
      assert.equal(stdout, 'undefined undefined undefined\n', `Node ${version}`);
    }
  });

  test('the oldest supported Node runs a flow and the host from plain JavaScript', async () => {
    const file = await project.write(
      'use.mjs',
      `import { advance, compileFlow, parseFlow, startRun } from '@alur/flow';
       const flow = parseFlow({
         format: 'alur.flow/2', id: 'flow_1', name: 'One', timeZone: 'Asia/Jakarta',
         cards: {
           start: { kind: 'start', next: ['hello'] },
           hello: { kind: 'message', text: 'Hello', next: ['ai'] },
           ai: { kind: 'assign-ai', aiAgentId: 'ai_1', agentIds: [], next: [] },
         },
       });
       if (!flow.ok) throw new Error(JSON.stringify(flow.problems));
       const input = { kind: 'message', id: '1', at: '2026-01-01T00:00:00.000Z', text: 'Hi' };
       const compiled = compileFlow(flow.flow);
       console.log(advance(compiled, startRun(), input).effects.map(({ kind }) => kind).join());`,
    );
    for (const { path, version } of nodes) {
      const { stdout } = await run(path, [file], { cwd: project.folder });
      assert.equal(stdout.trim(), 'send-message,assign-ai,end', `Node ${version}`);
      const data = join(project.folder, `data-${version}`);
      const bin = join(
        project.folder,
        'node_modules/@alur/host',
        project.manifests.get('host')!.bin!['alur-host']!,
      );
      const host = spawn(path, [bin, '--port', '0', '--data', data], { cwd: project.folder });
      try {
        const url = await waitForOutput(host, /Alur host on (\S+)/);
        const answer = await fetch(`${url}/v1/widget/inb_none/config`);
        assert.equal(answer.status, 404);
        assert.equal(((await answer.json()) as { code: string }).code, 'not_found');
      } finally {
        host.kill('SIGTERM');
      }
    }
  });

  test('the oldest supported Node runs the conformance kit from plain JavaScript', async () => {
    const own = await startOwnHost();
    try {
      for (const { path, version } of nodes) {
        const bin = join(
          project.folder,
          'node_modules/@alur/conformance',
          project.manifests.get('conformance')!.bin!['alur-conformance']!,
        );
        const { base, token } = own.options;
        const checks = ['turns/first', 'vectors/fork', 'attachments/said', 'form/submitTurn'];
        const only = checks.flatMap((id) => ['--only', id]);
        const { stdout } = await run(path, [bin, base, '--token', token, ...only], { cwd: project.folder });
        assert.match(stdout, /^ok {6}turns\/first /m, `Node ${version}`);
        assert.match(stdout, /\n\d+ passed, 0 failed/, `Node ${version}`);
      }
    } finally {
      await own.close();
    }
  });

  for (const [version, from, resolutions] of [
    ['7', ROOT, ['NodeNext', 'Preserve']],
    ['5', join(ROOT, 'packages/protocol'), ['NodeNext']],
  ] as const) {
    test(`TypeScript ${version} compiles the types, with library checks`, async () => {
      await project.write(
        'types/use.ts',
        `import { createVisitorClient, isClientError } from '@alur/client';
         import { createDashboardClient } from '@alur/client/dashboard';
         import { parseFlow, type Flow } from '@alur/flow';
         import { advance } from '@alur/flow/run';
         import { FlowEditor, FlowSaveEvent } from '@alur/flow-editor';
         import '@alur/flow-editor/define';
         import { LivechatWidget } from '@alur/livechat-widget';
         import '@alur/livechat-widget/define';
         import type { TurnResult } from '@alur/protocol';

         const widget = document.createElement('livechat-widget');
         widget.addEventListener('livechat-unread', (event) => event.detail.count.toFixed());
         const sent: Promise<string> = widget.sendMessage('Hello');
         const editor: FlowEditor = document.createElement('flow-editor');
         editor.addEventListener('flow-save', (event: FlowSaveEvent) => {
           const flow: Flow = event.flow;
           event.respondWith(Promise.resolve({ version: 1, live: true, problems: [] }));
         });
         // @ts-expect-error There is no such verb.
         widget.shout();
         // @ts-expect-error A version is a number or null.
         editor.version = '3';
         export { advance, createDashboardClient, createVisitorClient, isClientError, LivechatWidget, parseFlow, sent };
         export type { TurnResult };`,
      );
      const embedding = await readFile(join(ROOT, 'docs/embedding.md'), 'utf8');
      for (const [index, [, code]] of [...embedding.matchAll(/```tsx\n([\s\S]*?)```/g)].entries()) {
        await project.write(`types-in-frameworks/embedding-${index}.tsx`, code!);
      }
      for (const file of await readdir(USES)) {
        await project.write(`types-in-frameworks/${file}`, await readFile(join(USES, file), 'utf8'));
      }
      await project.write(
        'types-of-host/use.ts',
        `import { createHost, type Host } from '@alur/host';
         const host: Host = await createHost({ dataDir: '.data' });
         const url: string = await host.listen(8787);
         export { url };`,
      );
      const tsc = join(from, 'node_modules/typescript/bin/tsc');
      for (const [folder, types] of [
        ['types', []],
        ['types-in-frameworks', []],
        ['types-of-host', ['node']],
      ] as const) {
        for (const module of folder === 'types' ? resolutions : resolutions.slice(0, 1)) {
          const config = await project.write(
            `${folder}/tsconfig.json`,
            JSON.stringify({
              compilerOptions: {
                module,
                types,
                target: 'ES2022',
                lib: ['ES2023', 'DOM', 'DOM.Iterable'],
                strict: true,
                exactOptionalPropertyTypes: true,
                // The frameworks' own types use types that a page does not have.
                skipLibCheck: folder === 'types-in-frameworks',
                jsx: 'react-jsx',
                noEmit: true,
              },
            }),
          );
          const errors = await run(process.execPath, [tsc, '-p', config]).then(
            () => '',
            (error: { stdout: string; message: string }) => error.stdout || error.message,
          );
          assert.equal(errors, '', `${folder}, module ${module}`);
        }
      }
    });
  }

  test('a bundler builds a working page', async () => {
    const site = join(project.folder, 'site');
    await project.write(
      'site/index.html',
      '<!doctype html><html lang="en"><title>A page</title><body><script type="module" src="./main.js"></script>',
    );
    await project.write(
      'site/main.js',
      `import '@alur/livechat-widget/define';
       import '@alur/flow-editor/define';
       import { emptyFlow } from '@alur/flow';
       const editor = document.createElement('flow-editor');
       editor.style.blockSize = '480px';
       editor.flow = emptyFlow({ id: 'flow_1', name: 'One', timeZone: 'Asia/Jakarta' });
       const widget = document.createElement('livechat-widget');
       widget.setAttribute('inbox', 'inb_web');
       widget.setAttribute('host', location.origin);
       document.body.append(editor, widget);`,
    );
    const origin = await serveBuilt(site);
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      await page.goto(origin.url);
      await page
        .locator('flow-editor')
        .getByRole('treeitem', { name: /Start Point/ })
        .waitFor();
      await page.locator('livechat-widget').getByRole('button').click();
      await page.locator('livechat-widget').getByRole('textbox').fill('Hello');
      assert.deepEqual(errors, []);
    } finally {
      await browser.close();
      origin.close();
    }
  });

  test('the components for React give properties, attributes, events and the element', () =>
    checkReactPage(project));

  test('a bundle contains only the used modules', async () => {
    const weigh = async (code: string): Promise<string> => {
      const entry = await project.write('entry.js', code);
      const outputs = (await build({
        root: project.folder,
        configFile: false,
        logLevel: 'error',
        build: { write: false, minify: true, lib: { entry, formats: ['es'] } },
      })) as Rolldown.RolldownOutput[];
      return outputs[0]!.output.map((part) => (part.type === 'chunk' ? part.code : '')).join('');
    };
    for (const name of ['flow', 'protocol', 'client', 'livechat-widget', 'flow-editor']) {
      assert.equal((await weigh(`import '@alur/${name}';`)).trim(), '', `@alur/${name} alone does nothing`);
    }
    const safeUrl = await weigh(`export { safeUrl } from '@alur/livechat-widget';`);
    assert.ok(safeUrl.length < 1024, `safeUrl alone brings ${safeUrl.length} characters`);
    assert.match(await weigh(`import '@alur/livechat-widget/define';`), /customElements\.define/);
    assert.match(await weigh(`import '@alur/flow-editor/define';`), /flow-editor/);
  });

  function* modules(): Iterable<string> {
    for (const { name, exports = {} } of project.manifests.values()) {
      for (const [path, target] of Object.entries(exports)) {
        const file = typeof target === 'string' ? target : target['default']!;
        if (file.endsWith('.js') && !path.includes('*')) yield name + path.slice(1);
      }
    }
  }
});

/** Returns this Node and the others on the path: the one that started the tests can be older. */
async function findNodes(): Promise<{ path: string; version: string }[]> {
  const found = new Map<string, string>([[process.version, process.execPath]]);
  for (const folder of new Set((process.env['PATH'] ?? '').split(delimiter))) {
    const path = join(folder, 'node');
    const version = await run(path, ['--version']).then(
      ({ stdout }) => stdout.trim(),
      () => null,
    );
    if (version && !found.has(version)) found.set(version, path);
  }
  return [...found].map(([version, path]) => ({ version, path }));
}

/** Waits for a line of a program's output. Returns its first group. */
function waitForOutput(child: ReturnType<typeof spawn>, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const hear = (chunk: Buffer): void => {
      output += String(chunk);
      const match = pattern.exec(output);
      if (match) resolve(match[1]!);
    };
    child.stdout!.on('data', hear);
    child.stderr!.on('data', hear);
    child.once('exit', (code) => reject(new Error(`It ended with ${code}:\n${output}`)));
  });
}
