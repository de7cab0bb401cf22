/**
 * Finds prose in the tree: comments of code, and Markdown.
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
  return commentLines(file, content);
}

function commentLines(file: string, content: string): ProseLine[] {
  const lines = content.split('\n');
  return parseSync(file, content).comments.flatMap(({ start, value }) => {
    const first = content.slice(0, start).split('\n').length;
    return value.split('\n').map((text, index) => ({
      file,
      line: first + index,
      text: withoutCode(text),
      columns: lines[first + index - 1]!.length,
    }));
  });
}

function markdownLines(file: string, content: string): ProseLine[] {
  let isCode = false;
  return content.split('\n').flatMap((text, index) => {
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
