import type { Plugin } from 'vite';

/**
 * Takes comments and white space out of the CSS in `*.styles.ts` files. Minifiers leave template literals alone, and in
 * these files every literal is CSS.
 */
export function minifyStyles(): Plugin {
  return {
    name: 'minify-styles',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('.styles.ts')) return;
      return code.replace(/`[^`]*`/g, (literal) =>
        literal
          .replace(/\/\*[\s\S]*?\*\//g, '')
          .replace(/\s+/g, ' ')
          .replace(/ ?([{};,]) ?/g, '$1')
          .replace(/: /g, ':')
          .replace(/ !/g, '!')
          .replace(/([ :,(])0\./g, '$1.')
          .replace(/;}/g, '}')
          .replace(/\( /g, '(')
          .replace(/ \)/g, ')')
          .replace(/ ([>/]) /g, '$1')
          .replace(/\b0\./g, '.'),
      );
    },
  };
}
