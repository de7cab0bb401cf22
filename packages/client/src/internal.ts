/**
 * Parts of this client that Alur's own packages and tests use. They can change in every release.
 *
 * @module
 */
export { createMemoryStorage } from './storage/memory-storage.ts';
export { hasConsent, hasVisitorRecord, markConsent, storageName } from './visitor/visitor-marker.ts';
export type { VisitorPlace } from './visitor/visitor-marker.ts';
export { fetchWidgetConfig } from './visitor/widget-config.ts';
export type { WidgetConfigAnswer } from './visitor/widget-config.ts';
