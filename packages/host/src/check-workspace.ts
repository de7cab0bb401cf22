import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { authorKinds, checkFlow, isTimeZone, parseFlow, type AuthorKinds } from '@alur/flow';
import { nearest } from './nearest.ts';
import { checkSecrets } from './secrets.ts';
import type { Workspace } from './workspace.ts';
import type { WorkspaceFault } from './workspace-faults.ts';
import { checkReferences, workspaceIds } from './workspace-references.ts';
import { checkValues } from './workspace-values.ts';

/**
 * Returns all faults in the form of a workspace: keys, types, patterns. Empty when the value is a
 * `Workspace`.
 */
export function checkWorkspaceForm(value: unknown): WorkspaceFault[] {
  const validate = compile();
  if (validate(value)) return [];
  return (validate.errors ?? []).map((error) => faultOf(error, value));
}

/**
 * Returns all faults that a workspace has by itself: its form, references to ids that it does not contain,
 * values that are unsafe on a page, short secrets, and flows that cannot go live. Needs no database.
 *
 * @param kinds Kinds of cards and tests. Default: the built-in kinds.
 */
export function checkWorkspace(value: unknown, kinds: AuthorKinds = authorKinds): WorkspaceFault[] {
  const faults = checkWorkspaceForm(value);
  if (faults.length > 0) return faults;
  const workspace = value as Workspace;
  return [
    ...checkReferences(workspace),
    ...checkValues(workspace),
    ...checkZones(workspace),
    ...checkSecrets(workspace),
    ...checkFlows(workspace, kinds),
  ];
}

function checkZones({ account, inboxes = [] }: Workspace): WorkspaceFault[] {
  const zones = [
    { path: '/account/timeZone', value: account.timeZone },
    ...inboxes.map(({ officeHours }, index) => ({
      path: `/inboxes/${index}/officeHours/timeZone`,
      value: officeHours?.timeZone,
    })),
  ];
  return zones.flatMap(({ path, value }) =>
    value === undefined || isTimeZone(value) ? [] : [{ path, value, message: 'is not an IANA time zone' }],
  );
}

function checkFlows(workspace: Workspace, kinds: AuthorKinds): WorkspaceFault[] {
  const { labels, agents, teams, aiAgents } = workspaceIds(workspace);
  const named = (ids: ReadonlySet<string>) => [...ids].map((id) => ({ id, name: id }));
  const directory = {
    labels: named(labels),
    agents: named(agents),
    teams: named(teams),
    aiAgents: named(aiAgents),
  };
  return (workspace.flows ?? []).flatMap((document, index) => {
    const read = parseFlow(document, { kinds });
    const problems = read.ok ? checkFlow(read.flow, { directory, kinds }) : read.problems;
    return problems
      .filter(({ severity }) => severity === 'error')
      .map(({ path = '', message }) => ({
        path: `/flows/${index}${path}`,
        value: valueAt(document, path),
        message: `is not right: ${message}`,
      }));
  });
}

let compiled: ValidateFunction | undefined;

function compile(): ValidateFunction {
  if (compiled) return compiled;
  const schema = JSON.parse(
    readFileSync(new URL('./workspace.schema.json', import.meta.url), 'utf8'),
  ) as object;
  const ajv = new Ajv2020({ allErrors: true, verbose: true, strict: true, allowUnionTypes: true });
  addFormats.default(ajv);
  return (compiled = ajv.compile(schema));
}

function faultOf(error: ErrorObject, document: unknown): WorkspaceFault {
  const { instancePath: path, keyword, params, parentSchema } = error;
  if (keyword === 'additionalProperties') {
    const key = String(params['additionalProperty']);
    const close = nearest(key, Object.keys((parentSchema?.['properties'] as object | undefined) ?? {}));
    const hint = close === null ? '' : `; did you mean "${close}"?`;
    const value = (valueAt(document, path) as Record<string, unknown>)[key];
    return {
      path: `${path}/${escape(key)}`,
      value,
      message: `stands under a key that does not exist${hint}`,
    };
  }
  if (keyword === 'required')
    return {
      path: `${path}/${String(params['missingProperty'])}`,
      value: undefined,
      message: 'where a value is required',
    };
  const allowed = keyword === 'enum' ? `: ${(params['allowedValues'] as unknown[]).join(', ')}` : '';
  return { path, value: valueAt(document, path), message: `${error.message ?? 'is not right'}${allowed}` };
}

function escape(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** Returns the value at a JSON Pointer (RFC 6901). */
function valueAt(document: unknown, pointer: string): unknown {
  let value = document;
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (!value || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}
