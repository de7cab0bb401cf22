import { createHash } from 'node:crypto';

/** A built module, before it has its name for ever. */
export interface BuiltFile {
  /** Such as `panel`: others import it as `./panel.js`. */
  name: string;
  code: string;
  /** Names of what it imports statically. */
  imports: string[];
}

/** A module as it is published. */
export interface SealedFile {
  /** Such as `panel-C5Nxz3HP.js`. */
  file: string;
  code: string;
  /** What a browser is to hold it against. */
  integrity: string;
}

/** What a browser compares a file with, such as `sha384-…`. */
export function integrityOf(content: string | Buffer, algorithm: 'sha256' | 'sha384' = 'sha384'): string {
  return `${algorithm}-${createHash(algorithm).update(content).digest('base64')}`;
}

/**
 * Gives the files their names, one hash over all of them in each, and has everything that they import loaded under its hash by the entry's loader.
 * Those that are not imported by others (`entries`) may import nothing at once: that would be a second wave, and a file that nobody
 * holds against a hash. Others may, from entries, which are there before them.
 *
 * @throws Error when a file imports what it must not, or files load one another in a circle.
 */
export function sealFiles(
  files: BuiltFile[],
  entries: string[],
): { release: string; sealed: Map<string, SealedFile> } {
  const built = new Map(
    files.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map((file) => [file.name, file]),
  );
  for (const { name, imports } of built.values()) {
    const wrong = imports.filter((other) => entries.includes(name) || !entries.includes(other));
    if (wrong.length > 0)
      throw new Error(`${name}.js imports ${wrong.join(', ')}: it has to be in one piece.`);
  }
  const all = createHash('sha256');
  for (const { name, code } of built.values()) all.update(`${name}\0${code}\0`);
  const release = all.digest('base64url').replaceAll(/[-_]/g, '').slice(0, 8);

  const sealed = new Map<string, SealedFile>();
  const seal = (name: string, loaders: string[]): SealedFile => {
    const known = sealed.get(name);
    if (known) return known;
    if (loaders.includes(name)) throw new Error(`Files load one another: ${[...loaders, name].join(' > ')}.`);
    const { code } = built.get(name)!;
    let loads = false;
    let done = code.replaceAll(/\bimport\(["'`]\.\/([\w-]+)\.js["'`]\)/g, (_, other: string) => {
      loads = true;
      const { integrity } = seal(other, [...loaders, name]);
      return `${LOAD}("${other}","${integrity.slice('sha256-'.length)}")`;
    });
    // By its bare address it would be another copy, or a module that failed, if this one came at a later attempt.
    done = done.replaceAll(IMPORT, (_, names: string, _quote, other: string) => {
      loads = true;
      return `const{${names.replaceAll(' as ', ':')}}=await ${LOAD}("${other}");`;
    });
    const [, left] = /["'`]\.\/([\w-]+)\.js["'`]/.exec(done) ?? [];
    if (left) throw new Error(`${name}.js imports ./${left}.js in a way that is not known here.`);
    if (loads) done += LOADER;
    const file = { file: `${name}-${release}.js`, code: done, integrity: integrityOf(done, 'sha256') };
    sealed.set(name, file);
    return file;
  };
  for (const name of built.keys()) seal(name, []);
  return { release, sealed };
}

/** `import{a as b}from"./panel.js";` */
const IMPORT = /\bimport\s*\{([^}]*)\}\s*from\s*(["'`])\.\/([\w-]+)\.js\2;?/g;
const LOAD = 'livechatLoad';
/** The entry's own way to load a file (`src/cdn.ts`), which knows the script that it came by and its nonce. */
const LOADER = `function ${LOAD}(n,h){return customElements.get("livechat-widget").loader.strings(n,h)}`;
