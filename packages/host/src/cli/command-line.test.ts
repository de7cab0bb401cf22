import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createRateLimiter } from '../http/rate-limit.ts';
import { workspaceOf } from '../testing/test-workspace.ts';
import { limitTable } from '../http/limit-table.ts';
import type { Option } from './option.ts';
import { options } from './options.ts';
import { defaultText, helpText, readCommandLine, UsageError } from './read-command-line.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

for (const { args = [], env = {}, message } of [
  { args: ['--prot', '80'], message: 'There is no option --prot. Did you mean --port?' },
  { args: ['--hostnam=0.0.0.0'], message: 'There is no option --hostnam. Did you mean --hostname?' },
  { args: ['--quux'], message: 'There is no option --quux. See alur-host --help.' },
  { args: ['chekc', 'a.json'], message: 'There is no command chekc. Did you mean check?' },
  { args: ['--port', 'abc'], message: '--port must be a number from 0 to 65535, not "abc".' },
  { args: ['--port', '65536'], message: '--port must be a number from 0 to 65535, not "65536".' },
  { args: ['--port'], message: '--port needs a value.' },
  { args: ['--data', '--port', '1'], message: '--data needs a value.' },
  { args: ['--data', ''], message: '--data must not be empty, not "".' },
  { env: { PORT: 'x' }, message: 'PORT must be a number from 0 to 65535, not "x".' },
  {
    env: { ALUR_AI_URL: 'notaurl' },
    message: 'ALUR_AI_URL must be an address such as http://localhost:11434/v1, not "notaurl".',
  },
  {
    env: { ALUR_DATABASE_URL: 'mysql://user:secret@db/x' },
    message:
      'ALUR_DATABASE_URL must be an address such as postgres://user:password@server/database, not "…".',
  },
  {
    env: { ALUR_STATEMENT_TIMEOUT: '5s' },
    message: 'ALUR_STATEMENT_TIMEOUT must be milliseconds from 1 to 600000, not "5s".',
  },
  {
    env: { ALUR_TRUST_PROXY: 'nginx' },
    message:
      'ALUR_TRUST_PROXY must be a number of proxies or networks such as 10.0.0.0/8,fd00::/8, not "nginx".',
  },
  {
    args: ['--limit-turns-per-visitor', '300'],
    message:
      '--limit-turns-per-visitor must be calls at once and calls a minute such as 300/120, or none, not "300".',
  },
  {
    env: { ALUR_LIMIT_FILE_BYTES_PER_ACCOUNT: '20GB' },
    message:
      'ALUR_LIMIT_FILE_BYTES_PER_ACCOUNT must be bytes such as 500KiB, 200MiB or 20GiB, or none, not "20GB".',
  },
  {
    env: { ALUR_LIMIT_UPLOADS_AT_ONCE: '-1' },
    message: 'ALUR_LIMIT_UPLOADS_AT_ONCE must be a number from 0 to 1000000000, or none, not "-1".',
  },
  { env: { ALUR_PRIVATE_WEBHOOKS: 'maybe' }, message: 'ALUR_PRIVATE_WEBHOOKS must be 1 or 0, not "maybe".' },
] as { args?: string[]; env?: Record<string, string>; message: string }[])
  test(`an error is one line: ${message}`, () => {
    assert.throws(
      () => readCommandLine(args, env),
      (error) => error instanceof UsageError && error.message === message,
    );
  });

test('every option has a flag and a variable, and the flag takes precedence', () => {
  const samples: Record<string, [string, string]> = {
    port: ['1', '2'],
    database: ['postgres://a/b', 'postgres://c/d'],
    statementTimeout: ['1', '2'],
    connectTimeout: ['1', '2'],
    connections: ['3', '4'],
    aiUrl: ['http://a/', 'http://b/'],
    trustProxy: ['1', '2'],
    kind: ['api', 'signing'],
    privateWebhooks: ['1', '0'],
  };
  const limitSamples = {
    calls: ['1/2', '3/4'],
    'bytes an hour': ['1MiB/2MiB', '3KiB/4KiB'],
    count: ['1', '2'],
    bytes: ['1KiB', 'none'],
  } as const;
  for (const [name, { unit }] of Object.entries(limitTable)) samples[name] = [...limitSamples[unit]];
  for (const [name, option] of Object.entries(options) as [keyof typeof options, Option][]) {
    const [one, two] = samples[name] ?? ['one', 'two'];
    const flag = option.placeholder === undefined ? [`--${option.flag}`] : [`--${option.flag}`, one];
    const valueIn = (args: string[], env: Record<string, string>) =>
      readCommandLine(args, env).settings[name];
    const asList = (text: string) => (option.isList ? [option.read(text)] : option.read(text));
    assert.deepEqual(valueIn([], {}), option.fallback, name);
    assert.deepEqual(valueIn([], { [option.variable]: two }), asList(two), option.variable);
    assert.deepEqual(valueIn(flag, { [option.variable]: two }), asList(one), option.flag);
    assert.match(option.variable, /^ALUR_[A-Z_]+$/);
  }
});

test('a limit is concurrent calls and a rate, bytes, a number, or none; its default parses to itself', () => {
  const settingsOf = (env: Record<string, string>) => readCommandLine([], env).settings;
  const settings = settingsOf({
    ALUR_LIMIT_TURNS_PER_VISITOR: '5/60',
    ALUR_LIMIT_UPLOAD_BYTES_PER_ADDRESS: '10MiB/60KiB',
    ALUR_LIMIT_FILE_BYTES_PER_VISITOR: '3KiB',
    ALUR_LIMIT_FILE_BYTES_PER_INBOX: 'none',
    ALUR_LIMIT_TURNS_PER_ADDRESS: 'none',
  });
  assert.deepEqual(settings.turnsPerVisitor, { burst: 5, perMinute: 60 });
  assert.deepEqual(settings.uploadBytesPerAddress, { burst: 10 * 1024 ** 2, perMinute: 1024 });
  assert.equal(settings.fileBytesPerVisitor, 3 * 1024);
  assert.equal(settings.fileBytesPerInbox, Infinity);
  const { take } = createRateLimiter(() => 0);
  for (let call = 0; call < 10_000; call++) assert.equal(take('a', settings.turnsPerAddress), 0);
  for (const name of Object.keys(limitTable) as (keyof typeof limitTable)[]) {
    const option = options[name] as Option;
    assert.deepEqual(option.read(defaultText(option)), option.fallback, name);
  }
});

test('earlier names of flags and variables still work, and the new name takes precedence', () => {
  const url = (env: Record<string, string>, args: string[] = []) =>
    readCommandLine(args, env).settings.database;
  assert.equal(url({ ALUR_POSTGRES_URL: 'postgres://old/x' }), 'postgres://old/x');
  assert.equal(
    url({ ALUR_POSTGRES_URL: 'postgres://old/x', ALUR_DATABASE_URL: 'postgres://new/x' }),
    'postgres://new/x',
  );
  assert.equal(url({}, ['--postgres', 'postgres://flag/x']), 'postgres://flag/x');
  assert.equal(url({ ALUR_DATABASE_URL: '' }), null, 'an empty variable is unset');
});

test('the README lists every flag, variable and default; so does --help', async () => {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  for (const option of Object.values(options) as Option[]) {
    const { flag, variable } = option;
    const row = readme.split('\n').find((line) => line.startsWith('|') && line.includes(`\`--${flag}\``));
    assert.ok(row, `--${flag} is not in the README`);
    assert.ok(row.includes(`\`${variable}\``), `${variable} is not beside --${flag}`);
    const usual = defaultText(option);
    if (usual !== '') assert.ok(row.includes(`\`${usual}\``), `the default of --${flag}`);
    assert.ok(helpText().includes(`--${flag}`));
  }
});

describe('alur-host', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alur-cli-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  function run(...args: string[]): Promise<{ code: number; output: string }> {
    const env = { ...process.env, ALUR_DATABASE_URL: '', ALUR_POSTGRES_URL: '' };
    return new Promise((resolve) => {
      execFile(process.execPath, [MAIN, ...args], { env, cwd: folder }, (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr }),
      );
    });
  }

  async function file(name: string, content: unknown): Promise<string> {
    await writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
    return name;
  }

  test('an invalid flag exits with code 2 and one line before the database is opened', async () => {
    assert.deepEqual(await run('--prot', '80'), {
      code: 2,
      output: 'There is no option --prot. Did you mean --port?\n',
    });
    assert.deepEqual(await readdir(folder), []);
  });

  test('an invalid workspace exits with code 2 before the database is opened', async () => {
    const { signingKey: _, ...account } = workspaceOf('cli').account;
    await file('no-key.json', { account });
    await file('half.json', '{ "account": ');
    const noKey = await run('--workspace', 'no-key.json');
    assert.deepEqual(noKey, {
      code: 2,
      output: 'no-key.json: /account/signingKey: nothing where a value is required\n',
    });
    const half = await run('--workspace', 'half.json');
    assert.equal(half.code, 2);
    assert.match(half.output, /^half\.json: this is not JSON: [^\n]*\n$/);
    assert.deepEqual((await readdir(folder)).toSorted(), ['half.json', 'no-key.json']);
  });

  test('clean-images prints the number of cleaned images', async () => {
    const { code, output } = await run('clean-images', '--data', 'images');
    assert.equal(code, 0, output);
    assert.equal(output.trim(), 'Images cleaned: 0. Images that cannot be decoded: 0.');
  });

  test('check prints the faults of a file, or that there are none', async () => {
    const workspace = workspaceOf('cli');
    await file('good.json', workspace);
    assert.deepEqual(await run('check', 'good.json'), { code: 0, output: 'good.json: nothing is wrong.\n' });
    await file('bad.json', { ...workspace, inboxes: [{ ...workspace.inboxes![0]!, flow: 'flow_shp' }] });
    assert.deepEqual(await run('check', 'bad.json'), {
      code: 2,
      output:
        'bad.json: /inboxes/0/flow: "flow_shp" names no flow of this account; did you mean "flow_shop"?\n',
    });
  });
});
