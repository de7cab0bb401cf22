/**
 * Finds prose in the tree: comments and texts in code, and Markdown.
 *
 * @module
 */
import { readFile } from 'node:fs/promises';
import { parseSync } from 'vite';

/** A line of prose, with its place. */
export interface ProseLine {
  file: string;
  line: number;
  text: string;
  /** Length of the whole line in the file. */
  columns: number;
}

/** Returns the lines of prose in a file. Code in Markdown and in backquotes is left out. */
export async function findProse(file: string): Promise<ProseLine[]> {
  const content = await readFile(file, 'utf8');
  if (file.endsWith('.md')) return markdownLines(file, content);
  return codeLines(file, content);
}

/** Returns the comments of a file, and its texts of several words: test names, errors, log lines, UI texts. */
function codeLines(file: string, content: string): ProseLine[] {
  const { comments, program } = parseSync(file, content);
  const lines = content.split('\n');
  const inComments = comments.flatMap(({ start, value }) => {
    const first = lineAt(content, start);
    return value.split('\n').map((text, index) => ({
      file,
      line: first + index,
      text: withoutCode(text),
      columns: lines[first + index - 1]!.length,
    }));
  });
  const inTexts = [...texts(program)].map(({ text, start }) => ({
    file,
    line: lineAt(content, start),
    text: withoutCode(text),
    // The formatter breaks lines of code.
    columns: 0,
  }));
  return [...inComments, ...inTexts];
}

function lineAt(content: string, offset: number): number {
  return content.slice(0, offset).split('\n').length;
}

/** Yields the string and template literals below a node that contain at least two words. */
function* texts(node: unknown): Generator<{ text: string; start: number }> {
  if (!node || typeof node !== 'object') return;
  const { type, value, start } = node as { type?: string; value?: unknown; start?: number };
  const text =
    type === 'Literal' ? value : type === 'TemplateElement' ? (value as { raw: string }).raw : null;
  if (typeof text === 'string') {
    if (/\p{L} +\p{L}/u.test(text)) yield { text, start: start! };
    return;
  }
  for (const child of Object.values(node)) yield* texts(child);
}

function markdownLines(file: string, content: string): ProseLine[] {
  let isCode = false;
  let isGenerated = false;
  return content.split('\n').flatMap((text, index) => {
    const marker = /^<!-- (\/?)figures -->$/.exec(text);
    if (marker) isGenerated = marker[1] === '';
    if (isGenerated) return [];
    if (/^\s*(```|~~~)/.test(text)) {
      isCode = !isCode;
      return [];
    }
    // Tables and link targets may be longer than a line.
    const columns = /^\s*\||\]\(|^\[/.test(text) ? 0 : text.length;
    return isCode ? [] : [{ file, line: index + 1, text: withoutCode(text), columns }];
  });
}

function withoutCode(text: string): string {
  return text.replaceAll(/`[^`]*`/g, '');
}
