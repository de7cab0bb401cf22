import { parseSync, Visitor, type Plugin } from 'vite';

/**
 * Makes one space of every line break in `html` and `svg` templates, with the indentation around it: what HTML makes of it
 * as well. Minifiers leave template literals alone.
 */
export function minifyTemplates(): Plugin {
  return {
    name: 'minify-templates',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('.ts') || !/\b(html|svg)`/.test(code)) return;
      const pieces: { start: number; end: number }[] = [];
      new Visitor({
        TaggedTemplateExpression({ tag, quasi }) {
          if (tag.type === 'Identifier' && ['html', 'svg'].includes(tag.name)) pieces.push(...quasi.quasis);
        },
      }).visit(parseSync(id, code).program);
      // From the end, so that what is still to be done keeps its place.
      return pieces
        .toSorted((one, other) => other.start - one.start)
        .reduce(
          (done, { start, end }) =>
            done.slice(0, start) + done.slice(start, end).replace(/\s*\n\s*/g, ' ') + done.slice(end),
          code,
        );
    },
  };
}
