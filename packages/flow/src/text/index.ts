/**
 * Text functions for display: links, names, initials, lengths. No DOM. Shared by the widget, the editor and
 * agents' inboxes.
 */
export { countCharacters, cutText } from './count.ts';
export { splitLinks, type TextPart } from './links.ts';
export { displayName, initials } from './names.ts';
export { safeImageUrl, safeUrl } from './safe-url.ts';
export { isBlank } from '../run/is-blank.ts';
