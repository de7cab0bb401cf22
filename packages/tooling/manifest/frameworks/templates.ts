import type { ElementDeclaration } from '../manifest.ts';
import { NOTICE } from '../names.ts';

/**
 * Returns the module next to the types of Vue, Svelte and Angular. It defines the elements, which the
 * templates of these frameworks use directly.
 */
export function writeDefinition(pack: string): string {
  return `${NOTICE}import '@alur/${pack}/define';\n`;
}

/** Returns `vue.d.ts`: the elements as components of templates. */
export function writeVueTypes(pack: string, elements: ElementDeclaration[]): string {
  const names = elements.map(({ name }) => name);
  return `${NOTICE}import type { HTMLAttributes, PublicProps } from 'vue';
import type { ${names.join(', ')} } from '@alur/${pack}';
import type { ${names.flatMap((name) => [`${name}Attributes`, `${name}Handlers`]).join(', ')} } from './elements.js';

declare module 'vue' {
  interface GlobalComponents {
${elements.map(({ name, tagName }) => `    '${tagName}': new () => ${name} & { $props: PublicProps & Omit<HTMLAttributes, keyof ${name}Attributes> & ${name}Attributes & ${name}Handlers };\n`).join('')}  }
}
`;
}

/** Returns `svelte.d.ts`: the elements as tags for Svelte 5. */
export function writeSvelteTypes(pack: string, elements: ElementDeclaration[]): string {
  const names = elements.map(({ name }) => name);
  return `${NOTICE}import type { HTMLAttributes } from 'svelte/elements';
import type { ${names.join(', ')} } from '@alur/${pack}';
import type { ${names.flatMap((name) => [`${name}Attributes`, `${name}Listeners`]).join(', ')} } from './elements.js';

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
${elements.map(({ name, tagName }) => `    '${tagName}': Omit<HTMLAttributes<${name}>, keyof ${name}Attributes> & ${name}Attributes & ${name}Listeners;\n`).join('')}  }
}
`;
}

/**
 * Returns `angular.d.ts`: the types for `@ViewChild` and for handlers. Angular's own type check takes the
 * types of `$event` from the tag names that the package declares.
 */
export function writeAngularTypes(pack: string, elements: ElementDeclaration[]): string {
  const names = elements.map(({ name }) => name);
  return `${NOTICE}export type { ${names.join(', ')} } from '@alur/${pack}';
export type { ${names.map((name) => `${name}Events`).join(', ')} } from './elements.js';
`;
}
