import type { Plugin } from 'vite';

/** What each library writes on the page's global object, and what stands there instead. */
const WRITES: [file: RegExp, write: RegExp, instead: string][] = [
  [/\/lit-html\/lit-html\.js$/, /\(\w+\.litHtmlVersions\?\?=\[\]\)\.push\("[\d.]+"\)/, '0'],
];

/**
 * Keeps the libraries inside a script-tag build from writing on the page's global object, where the site's own copies of them
 * would meet them: Lit counts its versions there, for a warning that we would cause.
 */
export function noGlobals(): Plugin {
  return {
    name: 'no-globals',
    transform(code, id) {
      let clean = code;
      for (const [file, write, instead] of WRITES) {
        if (!file.test(id)) continue;
        if (!write.test(clean)) throw new Error(`${id} no longer has ${write}. What does it write now?`);
        clean = clean.replace(write, instead);
      }
      return clean;
    },
  };
}
