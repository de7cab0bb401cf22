import { ADDRESSES } from './address-payloads.ts';
import { MARKUP } from './markup-payloads.ts';
import { TEXTS } from './text-payloads.ts';

/**
 * What people have put into chat messages, names and addresses to run something in somebody else's page.
 * Every one calls `pwned` if it gets its way, or adds it to every object. Each stands here once.
 */
export const PAYLOADS: readonly string[] = [...MARKUP, ...ADDRESSES, ...TEXTS];
