import type { AuthorKinds, Field } from '../kinds/author-kind.ts';
import { authorKinds } from '../kinds/author-kinds.ts';
import { FLOW_FORMAT } from '../document/flow.ts';
import { flowLimits, LANGUAGES } from '../document/limits.ts';

/** JSON Schema, or a part of one. */
export type Schema = Record<string, unknown>;

const id = { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' };
const text = { type: 'string', maxLength: flowLimits.text };
const nullableText = { type: ['string', 'null'], maxLength: flowLimits.text };

/**
 * Returns the JSON Schema (2020-12) of a flow document, built from the fields of the kinds. It covers the
 * types and lengths that `parseFlow` checks. A schema cannot express that the cards are one tree.
 */
export function makeFlowSchema(kinds: AuthorKinds = authorKinds): Schema {
  const steps = [...kinds.steps.values()];
  const tests = [...kinds.tests.values()];
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:alur:flow:2',
    title: 'Flow',
    description: 'A conversation flow: a tree of cards. See docs/flow-documents.md.',
    type: 'object',
    required: ['format', 'id', 'name', 'timeZone', 'cards'],
    properties: {
      format: { const: FLOW_FORMAT },
      id,
      name: text,
      timeZone: { ...text, description: "IANA zone, or '' when it is not chosen yet." },
      cards: {
        type: 'object',
        maxProperties: flowLimits.cards,
        propertyNames: id,
        additionalProperties: { $ref: '#/$defs/Card' },
      },
      examples: { type: 'array', items: { $ref: '#/$defs/Example' } },
    },
    $defs: {
      Card: {
        oneOf: [
          ...steps.map(({ kind }) => ({ $ref: `#/$defs/card.${kind}` })),
          { $ref: '#/$defs/UnknownCard' },
        ],
      },
      ...Object.fromEntries(
        steps.map((step) => [`card.${step.kind}`, cardSchema(step.kind, step.name.en, step.fields)]),
      ),
      UnknownCard: {
        description: 'A card of a kind that is not declared here. It is kept, and passed over when it runs.',
        ...cardSchema(null, 'Unknown', []),
        properties: { ...cardProperties, kind: unknownKind(steps) },
      },
      Test: {
        oneOf: [
          ...tests.map(({ kind }) => ({ $ref: `#/$defs/test.${kind}` })),
          { $ref: '#/$defs/UnknownTest' },
        ],
      },
      ...Object.fromEntries(
        tests.map((test) => [`test.${test.kind}`, testSchema(test.kind, test.name.en, test.fields)]),
      ),
      UnknownTest: {
        title: 'Unknown',
        description: 'A test of a kind that is not declared here. It is kept, and never matches.',
        type: 'object',
        required: ['kind'],
        properties: { kind: unknownKind(tests) },
      },
      Example: exampleSchema,
      Input: inputSchema,
    },
  };
}

const cardProperties = {
  next: { type: 'array', items: { type: 'string' }, description: 'Ids of the children, left to right.' },
  title: text,
  note: text,
};

function cardSchema(kind: string | null, title: string, fields: readonly Field[]): Schema {
  return {
    title,
    type: 'object',
    required: ['kind', 'next', ...required(fields)],
    properties: { ...(kind && { kind: { const: kind } }), ...properties(fields), ...cardProperties },
  };
}

function testSchema(kind: string, title: string, fields: readonly Field[]): Schema {
  return {
    title,
    type: 'object',
    required: ['kind', ...required(fields)],
    properties: { kind: { const: kind }, ...properties(fields) },
  };
}

const required = (fields: readonly Field[]) =>
  fields.filter(({ optional }) => !optional).map(({ name }) => name);
const properties = (fields: readonly Field[]) =>
  Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field)]));

function unknownKind(known: readonly { kind: string }[]): Schema {
  return { type: 'string', minLength: 1, not: { enum: known.map(({ kind }) => kind) } };
}

function fieldSchema(field: Field): Schema {
  const description = field.label.en;
  switch (field.type) {
    case 'text':
    case 'choice':
    case 'time':
      return { description, ...text };
    case 'url':
      return { description, ...(field.required ? text : nullableText) };
    case 'id':
    case 'card':
    case 'time-zone':
      return { description, ...nullableText };
    case 'ids':
      return { description, type: 'array', items: text };
    case 'keywords':
      return { description, type: 'array', items: { type: 'string', maxLength: flowLimits.keyword } };
    case 'days':
      return { description, type: 'array', items: { type: 'number' } };
    case 'boolean':
      return { description, type: 'boolean' };
    case 'test':
      return { description, oneOf: [{ $ref: '#/$defs/Test' }, { type: 'null' }] };
    case 'list':
      return {
        description,
        type: 'array',
        maxItems: field.max,
        items: { type: 'object', required: required(field.fields), properties: properties(field.fields) },
      };
    case 'translations':
      return {
        description: `${description}, by language tag (BCP 47).`,
        type: 'object',
        maxProperties: LANGUAGES,
        additionalProperties: text,
      };
  }
}

const inputSchema = {
  oneOf: [
    {
      type: 'object',
      required: ['kind', 'id', 'at', 'text'],
      properties: {
        kind: { const: 'message' },
        id: { type: 'string' },
        at: { type: 'string' },
        text: { type: 'string' },
        attachments: {
          type: 'array',
          items: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
        },
      },
    },
    {
      type: 'object',
      required: ['kind', 'id', 'at', 'cardId', 'buttonId'],
      properties: {
        kind: { const: 'press' },
        id: { type: 'string' },
        at: { type: 'string' },
        cardId: { type: 'string' },
        buttonId: { type: 'string' },
      },
    },
  ],
};

const string = { type: 'string' };
const visitorSchema = {
  type: 'object',
  properties: {
    name: string,
    email: string,
    phone: string,
    language: string,
    attributes: { type: 'object', additionalProperties: string },
  },
};
const inboxSchema = { type: 'object', properties: { name: string } };

const exampleSchema = {
  description: "One of the author's own tests of the flow.",
  type: 'object',
  required: ['id', 'name', 'inputs', 'expect'],
  properties: {
    id: { type: 'string' },
    name: { type: 'string' },
    facts: { type: 'object', properties: { visitor: visitorSchema, inbox: inboxSchema } },
    inputs: { type: 'array', items: { $ref: '#/$defs/Input' } },
    expect: {
      type: 'object',
      properties: { end: { type: 'string' }, labelIds: { type: 'array', items: { type: 'string' } } },
    },
  },
};
