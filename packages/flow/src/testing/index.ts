/** Test support for this and other packages: documents, and inputs for them. Not published. */
export { checkChange } from './check-change.ts';
export { deepFreeze } from './deep-freeze.ts';
export { exampleFlow } from './example-flow.ts';
export { goldenDigest, GOLDEN } from './golden.ts';
export {
  type Pick,
  randomFlow,
  randomInput,
  RANDOM_LANGUAGES,
  RANDOM_ZONES,
  randomTest,
  seededPick,
} from './random-flow.ts';
