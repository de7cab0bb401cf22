import type { TextTest } from './first-message-text/type.ts';
import type { TimeTest } from './first-message-time/type.ts';

/** Test of a custom kind. A test whose kind is not declared never matches. */
export interface CustomTest {
  kind: `x-${string}`;
  [field: string]: unknown;
}

/** Test of a condition. */
export type FlowTest = TextTest | TimeTest | CustomTest;
