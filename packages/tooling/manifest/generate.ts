/**
 * Writes the files that depend on the elements' documentation into each package's `generated/`: the Custom
 * Elements Manifest, and types and wrappers for frameworks (`npm run generate`). With `--check` it writes
 * nothing and fails when a file is stale, or when the documentation lacks an existing event, part, property
 * or attribute.
 *
 * @module
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ELEMENT_PACKAGES, folderOf, type ElementPackage } from './element-package.ts';
import { findFaults } from './find-faults.ts';
import { writeElements } from './frameworks/elements.ts';
import { writeReact, writeReactTypes } from './frameworks/react.ts';
import {
  writeAngularTypes,
  writeDefinition,
  writeSvelteTypes,
  writeVueTypes,
} from './frameworks/templates.ts';
import { elementsOf, readElements } from './read-elements.ts';

/** Returns the generated files of a package by name, and what its documentation lacks. */
export async function generate(
  pack: ElementPackage,
): Promise<{ files: Map<string, string>; faults: string[] }> {
  const manifest = await readElements(pack);
  const elements = elementsOf(manifest);
  const definition = writeDefinition(pack.name);
  const files = new Map([
    ['custom-elements.json', `${JSON.stringify(manifest, null, 2)}\n`],
    ['elements.d.ts', writeElements(pack.name, elements)],
    ['react.js', writeReact(pack.name, elements)],
    ['react.d.ts', writeReactTypes(pack.name, elements)],
    ['vue.js', definition],
    ['vue.d.ts', writeVueTypes(pack.name, elements)],
    ['svelte.js', definition],
    ['svelte.d.ts', writeSvelteTypes(pack.name, elements)],
    ['angular.js', definition],
    ['angular.d.ts', writeAngularTypes(pack.name, elements)],
  ]);
  return { files, faults: await findFaults(pack, elements) };
}

if (import.meta.main) {
  const isCheck = process.argv.includes('--check');
  const wrong: string[] = [];
  for (const pack of ELEMENT_PACKAGES) {
    const { files, faults } = await generate(pack);
    wrong.push(...faults);
    const folder = join(folderOf(pack), 'generated');
    await mkdir(folder, { recursive: true });
    for (const [name, content] of files) {
      const file = join(folder, name);
      if ((await readFile(file, 'utf8').catch(() => '')) === content) continue;
      if (isCheck) wrong.push(`packages/${pack.name}/generated/${name} is stale; run "npm run generate".`);
      else await writeFile(file, content);
    }
  }
  for (const sentence of wrong) console.error(sentence);
  if (wrong.length > 0) process.exitCode = 1;
}
