import { fileURLToPath } from 'node:url';

/** A package that exports elements. */
export interface ElementPackage {
  /** Name of the folder, and of the package within `@alur/`. */
  name: string;
  /** Source file of each element, by tag. */
  elements: Record<string, string>;
  /** Source file of the event declarations. */
  events: string;
  /** Returns the TypeScript type of an event by its name. Default: the class that `events` maps it to. */
  eventType?(name: string): string;
  /** Prefix of the custom properties. */
  prefix: string;
  /** Files whose `@cssprop` lines apply to all elements. */
  shared: string[];
}

export const ELEMENT_PACKAGES: ElementPackage[] = [
  {
    name: 'livechat-widget',
    elements: { 'livechat-widget': 'src/launcher/livechat-widget.ts' },
    events: 'src/events.ts',
    eventType: (name) => `LivechatEvent<'${name}'>`,
    prefix: '--livechat-',
    shared: [],
  },
  {
    name: 'flow-editor',
    elements: {
      'flow-editor': 'src/elements/flow-editor/flow-editor.ts',
      'flow-list': 'src/elements/flow-list/flow-list.ts',
      'inbox-flow': 'src/elements/inbox-flow/inbox-flow.ts',
    },
    events: 'src/events.ts',
    prefix: '--flow-',
    shared: ['src/styles/tokens.styles.ts'],
  },
];

/** Returns the folder of a package. */
export function folderOf({ name }: ElementPackage): string {
  return fileURLToPath(new URL(`../../${name}/`, import.meta.url));
}
