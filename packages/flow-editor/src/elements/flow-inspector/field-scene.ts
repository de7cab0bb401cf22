import type { Card, Field, Flow } from '@alur/flow';
import type { FlowDirectory } from '../../directory.ts';
import type { Strings } from '../../strings/strings.ts';
import type { ShownProblem } from '../problem-text.ts';

/** What fields are drawn with. */
export interface FieldScene {
  flow: Flow;
  cardId: string;
  card: Card;
  directory: FlowDirectory | null;
  strings: Strings;
  /** Problems of this card. */
  problems: ShownProblem[];
  readonly: boolean;
  /** Leads the ids of the fields where the same fields stand several times. */
  idPrefix?: string;
  /** Sets a field of the card, or of its test; as an undo step of its own when `isStep` is true. */
  set(name: string, value: unknown, isStep?: boolean): void;
}

/** The problems that are about one field. */
export function problemsOf(
  field: Pick<Field, 'name'>,
  { problems }: Pick<FieldScene, 'problems'>,
): ShownProblem[] {
  // Where one of several fields is enough, none of them is at fault; it is told for the card.
  return problems.filter(
    ({ path, data }) => !data?.['either'] && path?.split('/').slice(3).includes(field.name),
  );
}

/** The id of a field's control. */
export function idOf({ name }: Pick<Field, 'name'>, { idPrefix = '' }: Pick<FieldScene, 'idPrefix'>): string {
  return `field-${idPrefix}${name}`;
}

/** What stands in the field that an event is about. */
export function valueOf(event: Event): string {
  return (event.target as HTMLInputElement).value;
}
