/**
 * Writes `generated/openapi.ts` from `openapi.yaml`. With `--check`, only reports whether it is stale (exit
 * code 1). Run by `npm run generate` and, with `--check`, by `npm test`.
 *
 * @module
 */
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString, type OpenAPITSOptions } from 'openapi-typescript';
import ts from 'typescript';

const contract = new URL('../openapi.yaml', import.meta.url);
const target = new URL('./generated/openapi.ts', import.meta.url);
const banner = '/** Generated from openapi.yaml by `npm run generate`. Do not edit. */\n\n';

/**
 * Schemas whose exact types are in `@alur/flow`, by their name there. The contract describes them as far as
 * hosts in other languages need it.
 */
const FLOW_TYPES: Readonly<Record<string, string>> = {
  Flow: 'Flow',
  PublicFlow: 'PublicFlow',
  FlowProblem: 'Problem',
  FlowRun: 'FlowRun',
  PublicEffect: 'PublicEffect',
  VisitorInput: 'VisitorInput',
};

const options: OpenAPITSOptions = {
  inject: "import type * as flow from '@alur/flow';\n",
  transform(_schema, { path = '' }) {
    const name = /^#\/components\/schemas\/(\w+)$/.exec(path)?.[1];
    const type = name && FLOW_TYPES[name];
    if (!type) return undefined;
    const { createIdentifier, createQualifiedName, createTypeReferenceNode } = ts.factory;
    return createTypeReferenceNode(createQualifiedName(createIdentifier('flow'), type));
  },
};

const wanted = banner + astToString(await openapiTS(contract, options));
if (process.argv.includes('--check')) {
  const present = await readFile(target, 'utf8').catch(() => '');
  if (present !== wanted) {
    console.error('packages/protocol/src/generated/openapi.ts is stale: run `npm run generate`.');
    process.exitCode = 1;
  }
} else {
  await writeFile(target, wanted);
}
