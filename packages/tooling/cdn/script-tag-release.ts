import { build, type Plugin, type Rolldown } from 'vite';
import { integrityOf, sealFiles, type SealedFile } from './seal-files.ts';

/** Options of the plugin. */
export interface ScriptTagReleaseOptions {
  /** Path of the entry: a classic script that loads the other files. */
  entry: string;
  /** Names of the modules that the entry itself loads. */
  firstWave: string[];
  /** Paths of lazy modules of the entry, by name. They share no code with the others. */
  standalone: Record<string, string>;
  version: string;
}

/** Content of `integrity.json`. */
export interface Release {
  version: string;
  /**
   * The entry under a name that contains a hash of its content. `livechat.js` has the same content and a
   * stable name.
   */
  entry: string;
  /** The tag for a page. CDN, INBOX and HOST are placeholders. */
  snippet: string;
  /** All scripts of the folder with their `integrity` values. */
  files: Record<string, string>;
}

/**
 * Vite plugin for a script-tag release (docs/decisions/0006-script-tag-files.md). Gives every module a hashed
 * name, makes each load use an integrity hash, builds the entry with the hashes, and writes `integrity.json`.
 */
export function scriptTagRelease(options: ScriptTagReleaseOptions): Plugin {
  const { entry, firstWave, standalone, version } = options;
  return {
    name: 'script-tag-release',
    enforce: 'post',
    async generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((part) => part.type === 'chunk');
      const alone = await Promise.all(
        Object.entries(standalone).map(async ([name, file]) => {
          return { name, imports: [], code: await buildAlone(file, 'es', { LIVECHAT_VERSION: version }) };
        }),
      );
      const { release, sealed } = sealFiles([...chunks.map(toBuiltFile), ...alone], firstWave);
      const entryCode = await buildAlone(entry, 'iife', {
        LIVECHAT_VERSION: version,
        LIVECHAT_RELEASE: release,
        LIVECHAT_HASHES: hashesOf(sealed, [...firstWave, ...Object.keys(standalone)]),
      });
      const entryFile = `livechat-${shortHash(entryCode)}.js`;
      const contents = new Map([
        ['livechat.js', entryCode],
        [entryFile, entryCode],
        ...[...sealed.values()].map(({ file, code }): [string, string] => [file, code]),
      ]);
      for (const { fileName } of chunks) delete bundle[fileName];
      for (const [fileName, source] of contents) this.emitFile({ type: 'asset', fileName, source });
      const source = `${JSON.stringify(describeRelease(version, entryFile, contents), null, 2)}\n`;
      this.emitFile({ type: 'asset', fileName: 'integrity.json', source });
    },
  };
}

function toBuiltFile({ fileName, code, imports }: Rolldown.OutputChunk) {
  const toName = (file: string) => file.replace(/\.js$/, '');
  return { name: toName(fileName), code, imports: imports.map(toName) };
}

function hashesOf(sealed: Map<string, SealedFile>, names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, sealed.get(name)!.integrity.slice('sha256-'.length)]));
}

/** Builds a module with all its imports as one file. `constants` replace global names. */
async function buildAlone(
  input: string,
  format: 'es' | 'iife',
  constants: Record<string, unknown>,
): Promise<string> {
  const { output } = (await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    define: Object.fromEntries(
      Object.entries(constants).map(([name, value]) => [name, JSON.stringify(value)]),
    ),
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: { input, preserveEntrySignatures: 'strict', output: { format } },
    },
  })) as Rolldown.RolldownOutput;
  return output[0].code;
}

function shortHash(code: string): string {
  return integrityOf(code, 'sha256').slice('sha256-'.length).replaceAll(/\W/g, '').slice(0, 8);
}

function describeRelease(version: string, entry: string, contents: Map<string, string>): Release {
  const files = Object.fromEntries([...contents].map(([file, code]) => [file, integrityOf(code)]));
  const attributes = 'crossorigin data-inbox="INBOX" data-host="HOST"';
  const snippet = `<script async src="CDN/${entry}" integrity="${files[entry]}" ${attributes}></script>`;
  return { version, entry, snippet, files };
}
