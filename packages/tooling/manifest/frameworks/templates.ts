import type { ElementDeclaration } from '../manifest.ts';
import { NOTICE } from '../names.ts';

/**
 * The module beside the types of Vue, Svelte and Angular, whose templates take elements as they are: it
 * defines them.
 */
export function writeDefinition(pack: string): string {
  return `${NOTICE}import '@alur/${pack}/define';\n`;
}

/** `vue.d.ts`: the elements as components that templates know. */
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

/** `svelte.d.ts`: the elements as tags that Svelte 5 knows. */
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
 * `angular.d.ts`: what a component needs for `@ViewChild` and its handlers. Angular's own type check takes
 * the types of `$event` from the tag names that the package declares.
 */
export function writeAngularTypes(pack: string, elements: ElementDeclaration[]): string {
  const names = elements.map(({ name }) => name);
  return `${NOTICE}export type { ${names.join(', ')} } from '@alur/${pack}';
export type { ${names.map((name) => `${name}Events`).join(', ')} } from './elements.js';
`;
}
