/** The one format this package writes. Older ones are migrated by `parseFlow`, newer ones refused. */
export const FLOW_FORMAT = 'alur.flow/2';

/** The formats that `compileFlow` runs as they are, oldest first. */
export const FLOW_FORMATS = ['alur.flow/1', FLOW_FORMAT] as const;

/** The name of a format that `compileFlow` runs. */
export type FlowFormat = (typeof FLOW_FORMATS)[number];
