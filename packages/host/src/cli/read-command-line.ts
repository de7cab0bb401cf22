import { parseArgs } from 'node:util';
import { nearest } from '../nearest.ts';
import { OptionError, type Option } from './option.ts';
import { options, type OptionName, type Settings } from './options.ts';

/** A mistake on the command line or in the environment: one line of text, exit code 2. */
export class UsageError extends Error {}

/** A parsed command line. */
export interface CommandLine {
  command: Command;
  /** Arguments after the command, such as file names. */
  operands: string[];
  settings: Settings;
}

export const COMMANDS = ['serve', 'check', 'keys', 'clean-images', 'export-to-postgres', 'help'] as const;
export type Command = (typeof COMMANDS)[number];

const table = Object.entries(options) as [OptionName, Option][];

/**
 * Parses flags and variables; flags take precedence. Throws `UsageError` for the first mistake. Opens
 * nothing.
 */
export function readCommandLine(
  args: string[],
  environment: Record<string, string | undefined>,
): CommandLine {
  const flags = table.flatMap(([name, option]) =>
    [option.flag, ...(option.aliases ?? [])].map((flag) => [flag, name] as const),
  );
  const known = new Map<string, OptionName>(flags);
  const { tokens, positionals } = parseArgs({
    args,
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: {
      ...Object.fromEntries(
        flags.map(([flag, name]) => [flag, { type: isSwitch(name) ? 'boolean' : 'string' } as const]),
      ),
      help: { type: 'boolean', short: 'h' },
    },
  });

  const given = new Map<OptionName, { label: string; texts: string[] }>();
  let wantsHelp = false;
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name: flag, rawName, value } = token;
    if (flag === 'help') {
      wantsHelp = true;
      continue;
    }
    const name = known.get(flag);
    if (!name) throw new UsageError(unknown('option', rawName, [...known.keys(), 'help'], '--'));
    if (value === undefined && !isSwitch(name)) throw new UsageError(`${rawName} needs a value.`);
    // A value that looks like a flag means that the value is missing: parseArgs accepts it in non-strict
    // mode.
    if (value?.startsWith('--') && !token.inlineValue) throw new UsageError(`${rawName} needs a value.`);
    const texts = (options[name] as Option).isList ? (given.get(name)?.texts ?? []) : [];
    given.set(name, { label: rawName, texts: [...texts, value ?? '1'] });
  }

  const [word = 'serve', ...operands] = positionals;
  if (!COMMANDS.includes(word as Command)) throw new UsageError(unknown('command', word, COMMANDS));
  const command = wantsHelp ? 'help' : (word as Command);
  const settings = Object.fromEntries(
    table.map(([name, option]) => [
      name,
      valueOf(option, given.get(name) ?? fromVariable(option, environment)),
    ]),
  ) as Settings;
  return { command, operands, settings };
}

function isSwitch(name: OptionName): boolean {
  return (options[name] as Option).placeholder === undefined;
}

function fromVariable(option: Option, environment: Record<string, string | undefined>) {
  for (const label of [option.variable, ...(option.oldVariables ?? [])]) {
    const text = environment[label];
    // An empty variable counts as unset, as in compose files.
    if (text === undefined || text === '') continue;
    return { label, texts: option.isList ? text.split(',').map((part) => part.trim()) : [text] };
  }
  return undefined;
}

function valueOf(option: Option, given: { label: string; texts: string[] } | undefined): unknown {
  if (!given) return option.fallback;
  const values = given.texts.map((text) => {
    try {
      return option.read(text);
    } catch (error) {
      if (!(error instanceof OptionError)) throw error;
      throw new UsageError(`${given.label} ${error.message}, not "${displayValue(option, text)}".`);
    }
  });
  return option.isList ? values : values.at(-1);
}

/** Returns the text of an invalid value. Hides database addresses and keys, which are secrets. */
function displayValue(option: Option, text: string): string {
  return option.flag === 'ai-key' || option.flag === 'database' ? '…' : text;
}

function unknown(what: string, word: string, all: readonly string[], before = ''): string {
  const close = nearest(word.replace(/^-+/, ''), all);
  return `There is no ${what} ${word}.${close === null ? ' See alur-host --help.' : ` Did you mean ${before}${close}?`}`;
}

/** Returns the default of an option as it is written on the command line; '' when there is none. */
export function defaultText({ fallback, show = String }: Option): string {
  return fallback === null || fallback === false ? '' : show(fallback);
}

/** Returns the text of `--help`. */
export function helpText(): string {
  const left = ([, { flag, placeholder }]: [string, Option]) =>
    `  --${flag}${placeholder ? ` <${placeholder}>` : ''}`;
  const width = Math.max(...table.map((entry) => left(entry).length)) + 2;
  const lines = table.map((entry) => {
    const { help, variable } = entry[1];
    const usual = defaultText(entry[1]);
    return `${left(entry).padEnd(width)}${help} (${variable}${usual === '' ? '' : `, default ${usual}`})`;
  });
  return `Usage:
  alur-host [serve]               run the host
  alur-host check <file>…         check workspace files; nothing is opened or written
  alur-host keys list             list API keys and signing keys
  alur-host keys add              make a new one and print it once (--kind)
  alur-host keys revoke <id>      revoke one
  alur-host clean-images          remove metadata from images that versions before 0.2 stored
  alur-host export-to-postgres    copy the folder --data into the empty database --database

Options (each has a variable; a flag wins):
${lines.join('\n')}`;
}
