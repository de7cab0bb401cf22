import { quote } from './quote.ts';

/** Replaces the engine's marks of an author's text (`*…*`) by quotation marks. */
export function plain(text: string): string {
  return text.replace(/\*([^*]*)\*/g, (_, authored: string) => quote(authored));
}
