/**
 * Which folders inside a package may import which. A folder without a rule may import every folder of its
 * package. Circles are forbidden everywhere.
 *
 * @module
 */
import { targetOf, type Import } from './import-graph.ts';

export interface FolderRule {
  /** Folder whose files have the rule, relative to the repository. */
  folder: string;
  /** Folders that it must not import, types included, relative to the package's `src/`. */
  never: readonly string[];
  /** Folders from which it may import types only. */
  typesOnly?: readonly string[];
}

/** Parts of the flow package that read or change documents. The engine and the kinds do not need them. */
const FLOW_TOOLS = ['check', 'compare', 'describe', 'edit', 'examples', 'schema'];

export const FOLDER_RULES: readonly FolderRule[] = [
  // The engine is in the visitor's download.
  { folder: 'packages/flow/src/run', never: FLOW_TOOLS },
  { folder: 'packages/flow/src/document', never: FLOW_TOOLS },
  { folder: 'packages/flow/src/kinds', never: FLOW_TOOLS },
  // The visitor's and the dashboard's clients share these. They know neither of the two.
  ...['live', 'outbox', 'storage', 'tabs'].map((name) => ({
    folder: `packages/client/src/${name}`,
    never: ['visitor', 'dashboard', 'extras'],
  })),
  { folder: 'packages/client/src/visitor', never: ['dashboard'] },
  // The launcher loads before the panel and the session, so it must not contain them.
  {
    folder: 'packages/livechat-widget/src/launcher',
    never: [],
    typesOnly: ['panel', 'session'],
  },
  { folder: 'packages/livechat-widget/src/session', never: ['launcher', 'panel'] },
  { folder: 'packages/livechat-widget/src/store', never: ['launcher', 'panel'] },
  { folder: 'packages/conformance/src/kit', never: ['checks'] },
];

/** Returns the fault of one import under the rules, or null. */
export function brokenFolderRule(one: Import): string | null {
  const target = targetOf(one);
  const rule = FOLDER_RULES.find(({ folder }) => one.file.startsWith(`${folder}/`));
  if (!rule || target === null) return null;
  const source = rule.folder.slice(0, rule.folder.indexOf('/src/') + '/src/'.length);
  const isIn = (folder: string): boolean => target.startsWith(`${source}${folder}/`);
  if (rule.never.some(isIn)) return `${one.file} must not import ${target}`;
  if (!one.typeOnly && rule.typesOnly?.some(isIn)) return `${one.file} may import only types from ${target}`;
  return null;
}
