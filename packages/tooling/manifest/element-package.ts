import { fileURLToPath } from 'node:url';

/** A package that has elements for others to use. */
export interface ElementPackage {
  /** Its folder's name, and its name within `@alur/`. */
  name: string;
  /** Where each element is written, by tag. */
  elements: Record<string, string>;
  /** Where the events are declared. */
  events: string;
  /** How TypeScript calls the event of a name. Default: the class that `events` maps it to. */
  eventType?(name: string): string;
  /** What its custom properties begin with. */
  prefix: string;
  /** Files whose `@cssprop` lines hold for all elements. */
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

/** The folder of a package. */
export function folderOf({ name }: ElementPackage): string {
  return fileURLToPath(new URL(`../../${name}/`, import.meta.url));
}
