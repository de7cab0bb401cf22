import { parseSync, Visitor, type Plugin } from 'vite';

/**
 * Makes one space of every line break in `html` and `svg` templates, with the indentation around it: what HTML makes of it
 * as well. Where a tag ends and another begins, nothing is left of it: what shall stay apart there stands on one line, or has a
 * layout that keeps it apart. Minifiers leave template literals alone.
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
            done.slice(0, start) + withoutIndent(done.slice(start, end)) + done.slice(end),
          code,
        );
    },
  };
}

/** `piece` is what stands between two expressions. */
function withoutIndent(piece: string): string {
  return piece.replace(/(?<=>)\s*\n\s*(?=<|$)|\s*\n\s*(?=>|<\/)/g, '').replace(/\s*\n\s*/g, ' ');
}
