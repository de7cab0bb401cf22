import { createHash } from 'node:crypto';
import { parseSync, Visitor } from 'vite';

/** A built module without its final name. */
export interface BuiltFile {
  /** For example `panel`: other modules import it as `./panel.js`. */
  name: string;
  code: string;
  /** Names of the modules that it imports statically. */
  imports: string[];
}

/** A module as it is published. */
export interface SealedFile {
  /** For example `panel-C5Nxz3HP.js`. */
  file: string;
  code: string;
  /** Subresource Integrity hash of `code`. */
  integrity: string;
}

/** Returns a Subresource Integrity hash, for example `sha384-…` (W3C SRI). */
export function integrityOf(content: string | Buffer, algorithm: 'sha256' | 'sha384' = 'sha384'): string {
  return `${algorithm}-${createHash(algorithm).update(content).digest('base64')}`;
}

/**
 * Names the files after one hash of all of them, and replaces each import with a call of the entry's loader
 * that passes the hash of the imported file. The entry itself loads the files in `firstWave`. These have no
 * static imports: a static import would need a second wave, and a file without a hash. Other files import
 * statically only from the first wave.
 *
 * @throws Error when a file has another static import, or when files load one another in a circle.
 */
export function sealFiles(
  files: BuiltFile[],
  firstWave: string[],
): { release: string; sealed: Map<string, SealedFile> } {
  const built = new Map(
    files.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map((file) => [file.name, file]),
  );
  for (const file of built.values()) refuseSecondWave(file, firstWave);
  const release = releaseHash(built.values());
  const sealed = new Map<string, SealedFile>();
  const seal = (name: string, loaders: string[]): SealedFile => {
    const known = sealed.get(name);
    if (known) return known;
    if (loaders.includes(name)) throw new Error(`Files load one another: ${[...loaders, name].join(' > ')}.`);
    const integrityOfPart = (part: string) => seal(part, [...loaders, name]).integrity;
    const code = useLoader(built.get(name)!, integrityOfPart);
    const file = { file: `${name}-${release}.js`, code, integrity: integrityOf(code, 'sha256') };
    sealed.set(name, file);
    return file;
  };
  for (const name of built.keys()) seal(name, []);
  return { release, sealed };
}

function refuseSecondWave({ name, imports }: BuiltFile, firstWave: string[]): void {
  const wrong = imports.filter((other) => firstWave.includes(name) || !firstWave.includes(other));
  if (wrong.length > 0) {
    throw new Error(`${name}.js imports ${wrong.join(', ')}: it has to be in one piece.`);
  }
}

function releaseHash(files: Iterable<BuiltFile>): string {
  const hash = createHash('sha256');
  for (const { name, code } of files) hash.update(`${name}\0${code}\0`);
  return hash.digest('base64url').replaceAll(/[-_]/g, '').slice(0, 8);
}

const LOAD = 'livechatLoad';
/** The entry's loader (`livechat-widget/src/cdn.ts`), which has the URL and the nonce of its script. */
const LOADER = `function ${LOAD}(n,h){return customElements.get("livechat-widget").loader.strings(n,h)}`;

interface Replacement {
  start: number;
  end: number;
  code: string;
}

/** Returns the code with every import replaced by a call of the loader. */
function useLoader({ name, code }: BuiltFile, integrityOfPart: (part: string) => string): string {
  const replacements: Replacement[] = [];
  const refuse = (source: string): never => {
    throw new Error(`${name}.js imports ${source} in a way that is not known here.`);
  };
  new Visitor({
    ImportExpression({ start, end, source }) {
      // Minifiers write strings as template literals.
      const [text] = source.type === 'TemplateLiteral' ? source.quasis : [];
      const address = source.type === 'Literal' ? source.value : text?.value.cooked;
      const part = partOf(address) ?? refuse(String(address));
      const hash = integrityOfPart(part).slice('sha256-'.length);
      replacements.push({ start, end, code: `${LOAD}("${part}","${hash}")` });
    },
    ImportDeclaration({ start, end, source, specifiers }) {
      const part = partOf(source.value) ?? refuse(source.value);
      const names = specifiers.map((specifier) => {
        if (specifier.type !== 'ImportSpecifier') return refuse(source.value);
        const imported = code.slice(specifier.imported.start, specifier.imported.end);
        return imported === specifier.local.name ? imported : `${imported}:${specifier.local.name}`;
      });
      // The loader returns the same module instance. A URL without the hash would create another one.
      replacements.push({ start, end, code: `const{${names.join(',')}}=await ${LOAD}("${part}");` });
    },
    ExportNamedDeclaration: ({ source }) => void (source && refuse(source.value)),
    ExportAllDeclaration: ({ source }) => refuse(source.value),
  }).visit(parseSync(`${name}.js`, code).program);
  if (replacements.length === 0) return code;
  // From the end, so that earlier positions stay valid.
  const replaced = replacements
    .toSorted((one, other) => other.start - one.start)
    .reduce((text, { start, end, code }) => text.slice(0, start) + code + text.slice(end), code);
  return replaced + LOADER;
}

/** Returns the name of the file that `./name.js` stands for, or null. */
function partOf(source: unknown): string | null {
  return typeof source === 'string' ? (/^\.\/([\w-]+)\.js$/.exec(source)?.[1] ?? null) : null;
}
