import { ADDRESSES } from './address-payloads.ts';
import { MARKUP } from './markup-payloads.ts';
import { TEXTS } from './text-payloads.ts';

/**
 * Texts of known attacks in chat messages, names and URLs. Each one calls `pwned` when it runs, or adds it to
 * every object. Each is listed once.
 */
export const PAYLOADS: readonly string[] = [...MARKUP, ...ADDRESSES, ...TEXTS];
