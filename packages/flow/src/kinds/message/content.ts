import type { Facts } from '../../document/flow.ts';
import { translator } from '../../run/language.ts';
import { fillTemplate } from '../../run/template.ts';
import type { MessageContent } from './type.ts';

/** Returns a function that returns the text and image in the visitor's language, with filled templates. */
export function compileContent({ text, texts, imageUrl, imageUrls }: MessageContent) {
  const textIn = translator(text, texts);
  const imageIn = translator(imageUrl, imageUrls);
  return (facts: Facts) => {
    const language = facts.visitor?.language;
    const image = imageIn(language);
    return { text: fillTemplate(textIn(language), facts), ...(image && { imageUrl: image }) };
  };
}
