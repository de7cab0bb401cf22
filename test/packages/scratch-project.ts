/**
 * A project outside of the workspace with the published packages installed: packed, unpacked, and linked with
 * exactly the dependencies that they declare. Needs no registry and no network.
 *
 * @module
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PACKAGES = fileURLToPath(new URL('../../packages/', import.meta.url));

/** The published packages, dependencies first. */
export const PUBLISHED = [
  'flow',
  'protocol',
  'client',
  'livechat-widget',
  'flow-editor',
  'host',
  'conformance',
] as const;

/** Returns the folder of a package in the workspace. */
const folderOf = (name: string): string => join(PACKAGES, name);

export interface Manifest {
  name: string;
  version: string;
  exports?: Record<string, string | Record<string, string>>;
  bin?: Record<string, string>;
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

export interface ScratchProject {
  folder: string;
  /** The packed files, by package. */
  tarballs: Map<string, string>;
  manifests: Map<string, Manifest>;
  /** Writes a file. Returns its path. */
  write(file: string, content: string): Promise<string>;
  /**
   * Makes a package of the workspace's `node_modules`, or of one of its packages, available to the project
   * itself.
   */
  link(dependency: string, from?: string): Promise<void>;
  remove(): Promise<void>;
}

/** Builds and packs all packages, and creates the project. */
export async function createScratchProject(): Promise<ScratchProject> {
  await run(process.execPath, [join(PACKAGES, 'build.ts')]);
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'alur-packages-')));
  const store = (name: string): string => join(folder, 'node_modules', '.store', name, 'node_modules');
  const tarballs = new Map<string, string>();
  const manifests = new Map<string, Manifest>();
  for (const name of PUBLISHED) {
    const tarball = await pack(name, folder);
    const target = join(store(name), '@alur', name);
    await mkdir(target, { recursive: true });
    await run('tar', ['-xzf', tarball, '-C', target, '--strip-components=1']);
    tarballs.set(name, tarball);
    manifests.set(name, JSON.parse(await readFile(join(target, 'package.json'), 'utf8')) as Manifest);
  }
  const linkTo = async (place: string, target: string): Promise<void> => {
    await mkdir(dirname(place), { recursive: true });
    await symlink(target, place, 'dir');
  };
  for (const [name, { dependencies = {} }] of manifests) {
    for (const dependency of Object.keys(dependencies)) {
      const [scope, inner] = dependency.split('/');
      const target =
        scope === '@alur'
          ? join(store(inner!), '@alur', inner!)
          : await realpath(join(folderOf(name), 'node_modules', dependency));
      await linkTo(join(store(name), dependency), target);
    }
    await linkTo(join(folder, 'node_modules', '@alur', name), join(store(name), '@alur', name));
  }
  const project: ScratchProject = {
    folder,
    tarballs,
    manifests,
    async write(file, content) {
      const path = join(folder, file);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
      return path;
    },
    async link(dependency, from = join(PACKAGES, '..')) {
      const target = await realpath(join(from, 'node_modules', dependency));
      await linkTo(join(folder, 'node_modules', dependency), target);
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
  await project.write('package.json', JSON.stringify({ name: 'scratch', private: true, type: 'module' }));
  return project;
}

/** Runs `pnpm pack`, with the pnpm that runs the tests, else with the one that the project names. */
async function pack(name: string, folder: string): Promise<string> {
  const hasPnpm = await run('pnpm', ['--version']).then(
    () => true,
    () => false,
  );
  const [command, ...before] = hasPnpm ? ['pnpm'] : ['npx', '--yes', 'pnpm@12'];
  const { stdout } = await run(command!, [...before, 'pack', '--json', '--pack-destination', folder], {
    cwd: folderOf(name),
  });
  return (JSON.parse(stdout) as { filename: string }).filename;
}
