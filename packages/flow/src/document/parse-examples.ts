import { isObject, nameOf } from './parse-fields.ts';
import { pointer, type ProblemList } from './problem-list.ts';

/** Reports examples with an invalid structure. `runExamples` checks whether their cards exist. */
export function parseExamples(examples: unknown, problems: ProblemList): void {
  if (examples === undefined) return;
  if (!Array.isArray(examples)) return wrong('a list', examples, '/examples');
  for (const [index, example] of examples.entries()) {
    const path = `/examples/${index}`;
    if (!isObject(example)) wrong('an object', example, path);
    else parseExample(example, path);
  }

  function parseExample(example: Record<string, unknown>, path: string): void {
    for (const name of ['id', 'name']) string(example[name], `${path}/${name}`);
    if (example['facts'] !== undefined) parseFacts(example['facts'], `${path}/facts`);
    const { inputs, expect } = example;
    if (!Array.isArray(inputs)) wrong('a list', inputs, `${path}/inputs`);
    else for (const [index, input] of inputs.entries()) parseInput(input, `${path}/inputs/${index}`);
    if (!isObject(expect)) return wrong('an object', expect, `${path}/expect`);
    if (expect['end'] !== undefined) string(expect['end'], `${path}/expect/end`);
    const { labelIds } = expect;
    if (labelIds === undefined) return;
    if (!Array.isArray(labelIds)) return wrong('a list', labelIds, `${path}/expect/labelIds`);
    for (const [index, id] of labelIds.entries()) string(id, `${path}/expect/labelIds/${index}`);
  }

  function parseInput(input: unknown, path: string): void {
    if (!isObject(input)) return wrong('an object', input, path);
    const { kind } = input;
    if (kind !== 'message' && kind !== 'press') return wrong('"message" or "press"', kind, `${path}/kind`);
    const names = kind === 'message' ? ['id', 'at', 'text'] : ['id', 'at', 'cardId', 'buttonId'];
    for (const name of names) string(input[name], `${path}/${name}`);
    const { attachments } = input;
    if (attachments === undefined) return;
    if (!Array.isArray(attachments)) return wrong('a list', attachments, `${path}/attachments`);
    for (const [index, attachment] of attachments.entries()) {
      const place = `${path}/attachments/${index}`;
      if (isObject(attachment)) string(attachment['id'], `${place}/id`);
      else wrong('an object', attachment, place);
    }
  }

  function parseFacts(facts: unknown, path: string): void {
    if (!isObject(facts)) return wrong('an object', facts, path);
    const visitor = part(facts, path, 'visitor');
    strings(visitor, `${path}/visitor`, ['name', 'email', 'phone', 'language']);
    strings(part(facts, path, 'inbox'), `${path}/inbox`, ['name']);
    const attributes = part(visitor, `${path}/visitor`, 'attributes');
    strings(attributes, `${path}/visitor/attributes`, Object.keys(attributes));
  }

  /** Returns a nested object, or an empty object if it is missing. */
  function part(holder: Record<string, unknown>, path: string, name: string): Record<string, unknown> {
    const value = holder[name];
    if (isObject(value)) return value;
    if (value !== undefined) wrong('an object', value, `${path}/${name}`);
    return {};
  }

  function strings(holder: Record<string, unknown>, path: string, names: readonly string[]): void {
    for (const name of names) if (holder[name] !== undefined) string(holder[name], path + pointer([name]));
  }

  function string(value: unknown, path: string): void {
    if (typeof value !== 'string') wrong('a string', value, path);
  }

  function wrong(expected: string, value: unknown, path: string): void {
    problems.error('wrong-type', `${path} needs ${expected}, not ${nameOf(value)}.`, {
      path,
      data: { expected },
    });
  }
}
