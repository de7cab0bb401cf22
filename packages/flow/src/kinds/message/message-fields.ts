import { codePoints } from '../../document/limits.ts';
import { isBlank } from '../../run/is-blank.ts';
import type { CheckContext, SummaryContext } from '../author-kind.ts';
import { textField, translationsField, urlField } from '../fields.ts';
import { quoted, unset } from '../words.ts';
import type { MessageContent } from './type.ts';

/** Maximum length of a message text, in code points. */
const TEXT_MAX = 10_000;

const text = textField(
  'text',
  { id: 'Pesan', en: 'Message' },
  { max: TEXT_MAX, multiline: true, template: true, isPublic: true },
);
const imageUrl = urlField(
  'imageUrl',
  { id: 'Gambar', en: 'Image' },
  { protocols: ['https:'], required: false, optional: true, isPublic: true },
);

/** Text and image of a message, with their translations. */
export const messageFields = [
  text,
  translationsField('texts', { id: 'Pesan dalam bahasa lain', en: 'Message in other languages' }, text),
  imageUrl,
  translationsField(
    'imageUrls',
    { id: 'Gambar dalam bahasa lain', en: 'Image in other languages' },
    imageUrl,
  ),
];

/** Returns the text of a message, and whether it has an image. */
export function messageSummary({ text, imageUrl }: MessageContent, { locale }: SummaryContext): string {
  const image = imageUrl ? { id: ', dengan gambar', en: ', with an image' }[locale] : '';
  return (isBlank(text) ? unset[locale] : quoted(text)) + image;
}

/** Reports texts that are longer than WhatsApp allows: `max` characters, in any language. */
export function checkWhatsAppTexts(
  { text, texts }: MessageContent,
  max: number,
  { channel, report }: CheckContext,
): void {
  if (channel !== 'whatsapp') return;
  checkText(text, 'text');
  for (const [language, translation] of Object.entries(texts ?? {}))
    checkText(translation, `texts/${language}`);

  function checkText(text: string, field: string): void {
    const length = codePoints(text);
    if (length <= max) return;
    report({
      code: 'whatsapp-text',
      severity: 'warning',
      field,
      message: `WhatsApp takes at most ${max} characters here; this text has ${length}.`,
      data: { length, max },
    });
  }
}
