/**
 * What few visitors need, apart from the client so that only they download it: give the functions here a
 * visitor's client. Nothing of the client itself is in this entry.
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
