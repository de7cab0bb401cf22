import type { ElementDeclaration } from '../manifest.ts';
import { comment, isNeeded, key, NOTICE, pascal, settable, typeNames, typeOf } from '../names.ts';

/**
 * Returns `elements.d.ts`: attributes, properties and events of each element. The frameworks' types use it.
 */
export function writeElements(pack: string, elements: ElementDeclaration[]): string {
  const events = typeNames(elements.flatMap((element) => element.events.map(({ type }) => type?.text)));
  const imports = [...elements.map(({ name }) => name), ...events].toSorted();
  return `${NOTICE}import type { ${imports.join(', ')} } from '@alur/${pack}';

${elements.map(write).join('\n')}`;
}

function write(element: ElementDeclaration): string {
  const { name, tagName, attributes, events } = element;
  return `/** What \`<${tagName}>\` can be given in markup: its attributes, and properties that are no text. */
export interface ${name}Attributes {
${attributes.map((one) => `${comment(one.description)}  ${key(one.name)}${isNeeded(one) ? ': ' : '?: undefined | '}${typeOf(one)};\n`).join('')}${settable(
    element,
  )
    .map((one) => `${comment(one.description)}  ${one.name}?: ${name}['${one.name}'];\n`)
    .join('')}}

/** The events of \`<${tagName}>\`. */
export interface ${name}Events {
${events.map((one) => `${comment(one.description)}  ${key(one.name)}: ${one.type!.text};\n`).join('')}}

/** The same as listeners, by attribute: \`on\` and the name. */
export interface ${name}Listeners {
${events.map((one) => `${comment(one.description)}  ${key(`on${one.name}`)}?: ((event: ${one.type!.text}) => void) | undefined;\n`).join('')}}

/** The same as listeners, by property: \`on\` and the name in Pascal case. */
export interface ${name}Handlers {
${events.map((one) => `${comment(one.description)}  on${pascal(one.name)}?: ((event: ${one.type!.text}) => void) | undefined;\n`).join('')}}
`;
}
