/**
 * The imports between the source files of this repository, types included, and the circles in them.
 *
 * @module
 */
import { glob, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

const IMPORT =
  /(?:^|\n)\s*(import|export)(\s+type)?[^'";]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]/g;

/** One import of a file. */
export interface Import {
  /** Path of the file, relative to the repository. */
  file: string;
  specifier: string;
  typeOnly: boolean;
}

/** Imported files by file. All paths are relative to the repository. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** Returns the imports in `source`, the text of `file`. */
export function importsIn(file: string, source: string): Import[] {
  return [...source.matchAll(IMPORT)].map(([, , type, from, dynamic, bare]) => ({
    file,
    specifier: (from ?? dynamic ?? bare)!,
    typeOnly: type !== undefined,
  }));
}

/** Returns the path of a relative import, relative to the repository; null for a package. */
export function targetOf({ file, specifier }: Pick<Import, 'file' | 'specifier'>): string | null {
  return specifier.startsWith('.') ? new URL(specifier, `file:///${file}`).pathname.slice(1) : null;
}

/** Reads the relative imports of all files that match. */
export async function readImportGraph(patterns: readonly string[]): Promise<ImportGraph> {
  const graph = new Map<string, string[]>();
  const exclude = (path: string): boolean => /(?:^|[/\\])(?:node_modules|dist)$/.test(path);
  for await (const file of glob([...patterns], { cwd: ROOT, exclude })) {
    const imports = importsIn(file, await readFile(ROOT + file, 'utf8'));
    graph.set(file, [...new Set(imports.flatMap((one) => targetOf(one) ?? []))]);
  }
  return graph;
}

/**
 * Returns the files that are in a circle of imports, with the imports of each that stay in the circle. A file
 * is in a circle when a path of imports leads from it back to it.
 */
export function circlesOf(graph: ImportGraph): ImportGraph {
  const circles = new Map<string, string[]>();
  const known = new Map<string, Set<string>>();
  const reachable = (file: string): Set<string> => {
    const found = known.get(file) ?? new Set();
    if (known.has(file)) return found;
    const waiting = [...(graph.get(file) ?? [])];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (found.has(next)) continue;
      found.add(next);
      waiting.push(...(graph.get(next) ?? []));
    }
    known.set(file, found);
    return found;
  };
  for (const [file, imported] of graph) {
    const inside = imported.filter((target) => target === file || reachable(target).has(file));
    if (inside.length > 0) circles.set(file, inside);
  }
  return circles;
}

/** Returns the graph without some imports, given as `from -> to`. */
export function without(graph: ImportGraph, imports: ReadonlySet<string>): ImportGraph {
  return new Map(
    [...graph].map(([file, imported]) => [file, imported.filter((to) => !imports.has(`${file} -> ${to}`))]),
  );
}
