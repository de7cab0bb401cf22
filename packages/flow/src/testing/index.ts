/** For tests of this and other packages: documents, and inputs to them, by the thousand. Not published. */
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
