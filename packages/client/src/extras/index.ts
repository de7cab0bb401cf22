/**
 * Functions that few visitors need, in a separate entry, so that only they download it. Each takes a visitor
 * client. This entry does not contain the client itself.
 *
 * @module
 */
export { fetchAttachment, uploadAttachment } from './attachments.ts';
export type { FetchAttachmentOptions, UploadOptions } from './attachments.ts';
export { eraseVisitor } from './erase-visitor.ts';
export { probeHost } from './probe-host.ts';
export type { HostProbe } from './probe-host.ts';
export { endSession, rateSession } from './sessions.ts';
export { fetchTranscript } from './transcript.ts';
export type { TranscriptOptions } from './transcript.ts';
export { openTabStorage } from '../storage/tab-storage.ts';
