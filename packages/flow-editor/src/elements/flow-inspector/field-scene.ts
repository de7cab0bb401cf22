import type { Card, Field, Flow } from '@alur/flow';
import type { FlowDirectory } from '../../directory.ts';
import type { EditorKinds } from '../../kinds/editor-kind.ts';
import type { Strings } from '../../strings/strings.ts';
import type { ShownProblem } from '../problem-text.ts';

/** State that fields show. */
export interface FieldScene {
  flow: Flow;
  cardId: string;
  card: Card;
  directory: FlowDirectory | null;
  strings: Strings;
  kinds: EditorKinds;
  /** Problems of the card. */
  problems: ShownProblem[];
  readonly: boolean;
  /** Prefix of the ids, for fields that are rendered several times. */
  idPrefix?: string;
  /** Sets a field of the card, or of its test. `isStep` starts a new undo step. */
  set(name: string, value: unknown, isStep?: boolean): void;
}

/** Returns the problems of one field. */
export function problemsOf(
  field: Pick<Field, 'name'>,
  { problems }: Pick<FieldScene, 'problems'>,
): ShownProblem[] {
  // If one of several fields is required, the problem is shown for the card, not for a field.
  return problems.filter(
    ({ path, data }) => !data?.['either'] && path?.split('/').slice(3).includes(field.name),
  );
}

/** Returns the id of a field's control. */
export function idOf({ name }: Pick<Field, 'name'>, { idPrefix = '' }: Pick<FieldScene, 'idPrefix'>): string {
  return `field-${idPrefix}${name}`;
}

/** Returns the value of the field that fired an event. */
export function valueOf(event: Event): string {
  return (event.target as HTMLInputElement).value;
}
