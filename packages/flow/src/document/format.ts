/** Format that this package writes. `parseFlow` migrates older formats and rejects newer ones. */
export const FLOW_FORMAT = 'alur.flow/2';

/** Formats that `compileFlow` accepts without migration, oldest first. */
export const FLOW_FORMATS = ['alur.flow/1', FLOW_FORMAT] as const;

/** Name of a format that `compileFlow` accepts. */
export type FlowFormat = (typeof FLOW_FORMATS)[number];
