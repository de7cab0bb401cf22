import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { folderOf, type ElementPackage } from './element-package.ts';
import type { Described, ElementDeclaration } from './manifest.ts';
import { readEventNames } from './read-elements.ts';

/**
 * Returns what the documentation of a package's elements lacks, or lists without an implementation, one
 * sentence each.
 */
export async function findFaults(pack: ElementPackage, elements: ElementDeclaration[]): Promise<string[]> {
  const code = await readCode(pack);
  const names = (of: (element: ElementDeclaration) => Described[]): Set<string> =>
    new Set(elements.flatMap((element) => of(element).map(({ name }) => name)));
  return [
    ...elements.flatMap(undescribed),
    ...compare(
      'event',
      new Set(await readEventNames(pack)),
      names(({ events }) => events),
    ),
    ...compare(
      'part',
      usedParts(code),
      names(({ cssParts }) => cssParts),
    ),
    ...compare(
      'slot',
      used(code, /(?:<slot name="|\b(?:slotOf|fill)\(')([\w-]+)/g),
      names(({ slots }) => slots),
    ),
    ...compare(
      'custom property',
      used(code, new RegExp(`var\\(\\s*(${pack.prefix}[\\w-]+)`, 'g')),
      names(({ cssProperties }) => cssProperties),
    ),
    ...compare(
      'attribute',
      new Set([...names(({ attributes }) => attributes), ...observedAttributes(code)]),
      names(({ attributes }) => attributes),
    ),
  ].map((fault) => `${pack.name}: ${fault}`);
}

function undescribed(element: ElementDeclaration): string[] {
  const { tagName, summary, attributes, members, events, slots, cssParts, cssProperties } = element;
  const everything = { attributes, members, events, slots, cssParts, cssProperties };
  return [
    ...(summary ? [] : [`<${tagName}> has no @summary`]),
    ...Object.entries(everything).flatMap(([kind, list]) =>
      list
        .filter(({ description }) => !description?.trim())
        .map(({ name }) => `<${tagName}> does not say what "${name}" of its ${kind} is for`),
    ),
    ...members
      .filter(({ kind, type, return: answer }) => (kind === 'method' ? !answer?.type : !type))
      .map(({ name }) => `<${tagName}> gives "${name}" no type`),
  ];
}

function compare(what: string, used: Set<string>, documented: Set<string>): string[] {
  return [
    ...[...used]
      .filter((name) => !documented.has(name))
      .map((name) => `the ${what} ${name} is not documented`),
    ...[...documented].filter((name) => !used.has(name)).map((name) => `the ${what} ${name} is not there`),
  ];
}

/** Returns all sources of a package except tests, without comments. */
async function readCode(pack: ElementPackage): Promise<string> {
  const texts: string[] = [];
  const cwd = folderOf(pack);
  for await (const file of glob('src/**/*.ts', { cwd })) {
    if (!/\.test\.ts$|\/testing\//.test(file)) texts.push(await readFile(join(cwd, file), 'utf8'));
  }
  return texts.join('\n').replaceAll(/\/\*[\s\S]*?\*\//g, '');
}

function used(code: string, pattern: RegExp): Set<string> {
  return new Set([...code.matchAll(pattern)].map(([, name]) => name!));
}

function usedParts(code: string): Set<string> {
  const lists = [
    ...used(code, /\bpart="([\w -]+)"/g),
    ...used(code, /\bpart(?:\.add\(| = )'([\w-]+)'/g),
    ...used(code, /setAttribute\('part', '([\w -]+)'\)/g),
  ];
  return new Set(lists.flatMap((list) => list.split(' ')));
}

function observedAttributes(code: string): string[] {
  const [, list = ''] = /static readonly observedAttributes = \[([^\]]*)\]/.exec(code) ?? [];
  return [...list.matchAll(/'([\w-]+)'/g)].map(([, name]) => name!);
}
