/**
 * Texts as people see them: links, names, initials, lengths. No DOM; the widget, the editor and agents'
 * inboxes share it.
 */
export { countCharacters, cutText } from './count.ts';
export { splitLinks, type TextPart } from './links.ts';
export { displayName, initials } from './names.ts';
export { safeImageUrl, safeUrl } from './safe-url.ts';
export { isBlank } from '../run/normalize.ts';
