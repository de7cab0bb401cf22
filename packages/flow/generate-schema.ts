/**
 * `npm run generate:schema` in this package: writes the JSON Schema of the format from what the kinds
 * declare.
 */
import { writeFileSync } from 'node:fs';
import { makeFlowSchema } from './src/schema/make-flow-schema.ts';

writeFileSync(
  new URL('schema/alur.flow-2.schema.json', import.meta.url),
  `${JSON.stringify(makeFlowSchema(), null, 2)}\n`,
);
