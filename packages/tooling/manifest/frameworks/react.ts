import type { ElementDeclaration } from '../manifest.ts';
import { camel, comment, isNeeded, NOTICE, pascal, settable, typeOf } from '../names.ts';

/**
 * Returns `react.js`: a component for each element, for React 18 and later. React 18 sets only attributes on
 * a custom element. React 19 does not need the components, but they must work the same there.
 */
export function writeReact(pack: string, elements: ElementDeclaration[]): string {
  return `${NOTICE}import { createElement, forwardRef, useEffect, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import '@alur/${pack}/define';

// On a server nothing is laid out, and React 18 warns of the effect.
const useSyncEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect;

function wrap(tag, name, attributes, properties, events) {
  const component = forwardRef((props, ref) => {
    const element = useRef(null);
    const latest = useRef({});
    // The element also sets attributes of itself, and may do so before React takes the page over.
    const given = { ref: element, suppressHydrationWarning: true };
    for (const [prop, value] of Object.entries(props)) {
      if (prop in events || properties.includes(prop)) continue;
      if (prop === 'className') given.class = value;
      else if (!(prop in attributes)) given[prop] = value;
      else given[attributes[prop]] = value === true ? '' : value === false ? undefined : value;
    }
    useImperativeHandle(ref, () => element.current, []);
    useSyncEffect(() => {
      const before = latest.current;
      latest.current = props;
      for (const prop of properties) {
        // Compared with what was given before: the element may have moved on from it, as an editor does.
        if (prop in props && !Object.is(before[prop], props[prop])) element.current[prop] = props[prop];
      }
    });
    useSyncEffect(() => {
      const listening = new AbortController();
      for (const [prop, type] of Object.entries(events)) {
        const listener = (event) => latest.current[prop]?.(event);
        element.current.addEventListener(type, listener, { signal: listening.signal });
      }
      return () => listening.abort();
    }, []);
    return createElement(tag, given);
  });
  component.displayName = name;
  return component;
}

${elements.map(writeComponent).join('\n')}`;
}

function writeComponent(element: ElementDeclaration): string {
  const { name, tagName, summary, events } = element;
  const table = (entries: [string, string][]): string =>
    entries.length === 0
      ? '{}'
      : `{\n${entries.map(([prop, value]) => `    ${prop}: '${value}',\n`).join('')}  }`;
  const properties = propertiesOf(element).map(([prop]) => `'${prop}'`);
  return `/** ${summary!.replaceAll(/\s+/g, ' ')} */
export const ${name} = /* @__PURE__ */ wrap(
  '${tagName}',
  '${name}',
  ${table(attributesOf(element).map((one) => [camel(one.name), one.name]))},
  [${properties.join(', ')}],
  ${table(events.map((event) => [`on${pascal(event.name)}`, event.name]))},
);
`;
}

/** Returns `react.d.ts`. */
export function writeReactTypes(pack: string, elements: ElementDeclaration[]): string {
  const names = elements.map(({ name }) => name);
  return `${NOTICE}import type { DetailedHTMLProps, ForwardRefExoticComponent, HTMLAttributes, RefAttributes } from 'react';
import type { ${names.map((name) => `${name} as ${name}Element`).join(', ')} } from '@alur/${pack}';
import type { ${names.flatMap((name) => [`${name}Attributes`, `${name}Handlers`, `${name}Listeners`]).join(', ')} } from './elements.js';

${elements.map(writeComponentTypes).join('\n')}
declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
${elements.map(({ name, tagName }) => `      '${tagName}': DetailedHTMLProps<HTMLAttributes<${name}Element>, ${name}Element> & ${name}Attributes & ${name}Listeners;\n`).join('')}    }
  }
}
`;
}

function writeComponentTypes(element: ElementDeclaration): string {
  const { name, summary } = element;
  const attributes = attributesOf(element).map(
    (one) =>
      `${comment(one.description)}  ${camel(one.name)}${isNeeded(one) ? ': ' : '?: undefined | '}${typeOf(one)};\n`,
  );
  const properties = propertiesOf(element).map(
    ([prop, description]) => `${comment(description)}  ${prop}?: ${name}Element['${prop}'] | undefined;\n`,
  );
  return `/** What \`<${name}>\` takes; everything else goes to its element. */
export interface ${name}Props extends HTMLAttributes<${name}Element>, ${name}Handlers {
${attributes.join('')}${properties.join('')}}
/** ${summary!.replaceAll(/\s+/g, ' ')} */
export const ${name}: ForwardRefExoticComponent<${name}Props & RefAttributes<${name}Element>>;
`;
}

/** Returns the attributes that have no property. */
function attributesOf({ attributes }: ElementDeclaration) {
  return attributes.filter(({ fieldName }) => !fieldName);
}

/** Returns the properties with their descriptions. */
function propertiesOf(element: ElementDeclaration): [string, string | undefined][] {
  return [
    ...settable(element).map(({ name, description }): [string, string | undefined] => [name, description]),
    ...element.attributes.flatMap(({ fieldName, description }): [string, string | undefined][] =>
      fieldName ? [[fieldName, description]] : [],
    ),
  ];
}
