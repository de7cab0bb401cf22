/**
 * Reads the documentation of the elements from their sources: with `@custom-elements-manifest/analyzer`, and
 * with what the analyzer does not know about this code base (which properties are only state, which event
 * class has which name, where tags are defined).
 *
 * @module
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as analyzer from '@custom-elements-manifest/analyzer';
// @ts-expect-error It has no types.
import { litPlugin } from '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js';
import { folderOf, type ElementPackage } from './element-package.ts';
import type { Described, ElementDeclaration, Manifest } from './manifest.ts';

interface Analyzer {
  create(options: { modules: unknown[]; plugins: unknown[]; context: object }): Manifest;
  ts: { createSourceFile(name: string, text: string, target: number, parents: boolean): unknown };
}
const { create, ts } = analyzer as unknown as Analyzer;
/** `ScriptTarget.Latest`. */
const LATEST = 99;

/** Returns the manifest of a package, with its elements only. */
export async function readElements(pack: ElementPackage): Promise<Manifest> {
  const types = await readEventTypes(pack);
  const shared = (await Promise.all(pack.shared.map((file) => readSource(pack, file)))).flatMap(readCssProps);
  const declarations = await Promise.all(
    Object.entries(pack.elements).map(async ([tag, file]) => {
      const text = await readSource(pack, file);
      const modules = [ts.createSourceFile(file, text, LATEST, true)];
      const found = create({ modules, plugins: litPlugin(), context: { dev: false } });
      const declaration = found.modules[0]!.declarations.find(({ kind }) => kind === 'class');
      if (!declaration) throw new Error(`${file} has no class.`);
      return tidy(declaration, { tag, text, types, shared });
    }),
  );
  const index = { name: '', module: 'dist/index.js' };
  return {
    schemaVersion: '1.0.0',
    readme: 'README.md',
    modules: [
      {
        kind: 'javascript-module',
        path: 'dist/index.js',
        declarations,
        exports: declarations.map(({ name }) => ({ kind: 'js', name, declaration: { ...index, name } })),
      },
      {
        kind: 'javascript-module',
        path: 'dist/define.js',
        declarations: [],
        exports: declarations.map(({ name, tagName }) => ({
          kind: 'custom-element-definition',
          name: tagName,
          declaration: { ...index, name },
        })),
      },
    ],
  };
}

/** Returns the elements of a manifest. */
export function elementsOf({ modules }: Manifest): ElementDeclaration[] {
  return modules.flatMap(({ declarations }) => declarations);
}

/** Keeps only the public API, with the types of its events. */
function tidy(
  found: ElementDeclaration,
  known: { tag: string; text: string; types: Map<string, string>; shared: Described[] },
): ElementDeclaration {
  const { tag, text, types, shared } = known;
  const inside = insideNames(text);
  const isPublic = ({ name }: Described): boolean => !name.startsWith('#') && !inside.has(name);
  const { attributes = [], members = [], events = [] } = found as Partial<ElementDeclaration>;
  const { slots = [], cssParts = [], cssProperties = [] } = found as Partial<ElementDeclaration>;
  const documented = new Set([...text.matchAll(/@fires ([\w-]+)/g)].map(([, name]) => name));
  return {
    kind: 'class',
    name: found.name,
    tagName: tag,
    customElement: true,
    ...(found.summary && { summary: found.summary }),
    ...(found.superclass ? { superclass: found.superclass } : {}),
    attributes: attributes.filter((one) => isPublic({ name: one.fieldName ?? one.name })),
    members: members.filter((member) => isPublic(member) && !('static' in member)),
    // The analyzer also takes an argument of an event's constructor for a name.
    events: events
      .filter(({ name }) => documented.has(name))
      .map((event) => ({ ...event, type: { text: types.get(event.name) ?? 'Event' } })),
    slots,
    cssParts,
    cssProperties: [
      ...cssProperties,
      ...shared.filter(({ name }) => cssProperties.every((own) => own.name !== name)),
    ],
  };
}

/** Returns the names of private members: marked as such, or state of a Lit element. */
function insideNames(text: string): Set<string> {
  const marked = /@internal[^*]*\*\/\s*(?:(?:readonly|declare|async|override|get) )*(\w+)/g;
  const state = /^ {4}(\w+): \{ state: true \}/gm;
  return new Set([...text.matchAll(marked), ...text.matchAll(state)].map(([, name]) => name!));
}

/** Returns the TypeScript type of each event, by name. */
async function readEventTypes(pack: ElementPackage): Promise<Map<string, string>> {
  const text = await readSource(pack, pack.events);
  return new Map(
    [...text.matchAll(/^ +'([\w-]+)': (.+);$/gm)].map(([, name, type]) => [
      name!,
      pack.eventType?.(name!) ?? type!,
    ]),
  );
}

/** Returns the names of all events that a package declares. */
export async function readEventNames(pack: ElementPackage): Promise<string[]> {
  return [...(await readEventTypes(pack)).keys()];
}

function readCssProps(text: string): Described[] {
  return [...text.matchAll(/@cssprop (?:\[(--[\w-]+)=([^\]]+)\]|(--[\w-]+)) - (.+)/g)].map(
    ([, withDefault, value, name, description]) => ({
      name: (withDefault ?? name)!,
      description: description!,
      ...(value && { default: value }),
    }),
  );
}

function readSource(pack: ElementPackage, file: string): Promise<string> {
  return readFile(join(folderOf(pack), file), 'utf8');
}
