import type { Stage } from './stage.ts';
import type { TestPage } from './test-page.ts';
import type { Visit } from './visit.ts';

/** A hostile page, and the checks that must pass on it. */
export interface HostilePage {
  /** Also the first label of its origin, so only letters, digits and dashes. */
  name: string;
  /** What is hostile about it, as half a sentence: the name of its tests. */
  about: string;
  /** Returns the content of its origin, by path. The visit begins at `/`. */
  serve(stage: Stage, inbox: string): Served | Promise<Served>;
  /** Runs the checks. Default: {@link Visit.wholeJob}. */
  run?(visit: Visit): Promise<void>;
  /** Whether it uses plain http with a name other than localhost, which is not a secure context. */
  insecure?: boolean;
}

/** The content of an origin, by path. */
export type Served = Record<string, TestPage | StaticFile>;

/** Content that is not a page of the kit. */
export interface StaticFile {
  /** Path of the file, or its content. */
  file?: string;
  body?: string;
  /** Default: by the extension of the path. */
  type?: string;
  status?: number;
  headers?: Record<string, string>;
}

/** Names of what a page brings, with the type of what it is. */
export function isTestPage(entry: TestPage | StaticFile): entry is TestPage {
  return !('file' in entry || 'body' in entry || 'status' in entry);
}
