/** Properties of every card. */
export interface CardBase {
  /** Ids of the children, left to right. Branches are evaluated in this order. */
  next: string[];
  /** Name for authors. Visitors never see it. */
  title?: string;
  /** Note for authors. Visitors never see it. */
  note?: string;
}

/**
 * Texts or URLs by language tag (BCP 47), such as `{ "id": "Halo", "pt-BR": "Olá" }`. At most 10 languages.
 */
export type Translations = Record<string, string>;
