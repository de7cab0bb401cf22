import type { CardBase, Translations } from '../../document/card-base.ts';

/** Text and image that a card sends to the visitor. `text` may contain templates (rule 9). */
export interface MessageContent {
  text: string;
  /** Translations of the text. */
  texts?: Translations;
  /** URL of an image, https only. */
  imageUrl?: string | null;
  /** Image URLs for other languages. */
  imageUrls?: Translations;
}

/** Sends a message to the visitor. */
export interface MessageCard extends CardBase, MessageContent {
  kind: 'message';
}
