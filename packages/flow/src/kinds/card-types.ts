import type { CardBase } from '../document/card-base.ts';
import type { AssignAiCard } from './assign-ai/type.ts';
import type { AssignHumanCard } from './assign-human/type.ts';
import type { ButtonCard } from './button/type.ts';
import type { ButtonsCard } from './buttons/type.ts';
import type { CollaboratorCard } from './collaborator/type.ts';
import type { ConditionCard } from './condition/type.ts';
import type { ElseCard } from './else/type.ts';
import type { JumpCard } from './jump/type.ts';
import type { LabelCard } from './label/type.ts';
import type { MessageCard } from './message/type.ts';
import type { StartCard } from './start/type.ts';
import type { WebhookCard } from './webhook/type.ts';

/** Step of a custom kind. A run skips a step whose kind is not declared; parsing keeps it. */
export interface CustomCard extends CardBase {
  kind: `x-${string}`;
  [field: string]: unknown;
}

/** Card of any kind, discriminated by `kind`. */
export type Card =
  | StartCard
  | ConditionCard
  | ElseCard
  | ButtonCard
  | LabelCard
  | CollaboratorCard
  | MessageCard
  | WebhookCard
  | JumpCard
  | ButtonsCard
  | AssignAiCard
  | AssignHumanCard
  | CustomCard;

/** Kind of a card. */
export type CardKind = Card['kind'];
