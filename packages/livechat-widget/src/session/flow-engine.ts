/**
 * Functions that run a flow in the browser. Loaded with the first configuration, after the composer accepts
 * text.
 */
export { advance, compileFlow, findAnswer, runKinds, startRun } from '@alur/flow/run';
