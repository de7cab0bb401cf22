/** An invalid value of an option. The message describes the required form. */
export class OptionError extends Error {}

/** An option of the command line: its flag, its variable and its parser. */
export interface Option<Value = unknown> {
  /** Name without the dashes. */
  flag: string;
  /** Earlier names that still work. */
  aliases?: readonly string[];
  variable: string;
  oldVariables?: readonly string[];
  /** Default value. */
  fallback: Value;
  /** Placeholder of the value in the help; undefined for a switch. */
  placeholder?: string;
  help: string;
  /** Whether the flag may occur several times. The variable is split at commas. */
  isList?: boolean;
  /** Parses the text. Throws `OptionError`. */
  read(text: string): Value;
  /** Returns a value as it is written on the command line. Default: `String`. */
  show?(value: Value): string;
}
