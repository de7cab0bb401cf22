import type { Stage } from './stage.ts';
import type { TestPage } from './test-page.ts';
import type { Visit } from './visit.ts';

/** A page on which somebody makes life hard for a guest, and what must hold there all the same. */
export interface Setting {
  /** Also the first label of its origin, so letters, digits and dashes. */
  name: string;
  /** What is hostile about it, as half a sentence: the name of its tests. */
  about: string;
  /** What its origin serves, by path. `/` is where the visit begins. */
  serve(stage: Stage, inbox: string): Served | Promise<Served>;
  /** What is done and what must hold. Default: the whole of {@link Visit.wholeJob}. */
  run?(visit: Visit): Promise<void>;
  /** Plain http under a name that is not localhost, where browsers grant no secure context. */
  insecure?: boolean;
}

/** What an origin serves, by path. */
export type Served = Record<string, TestPage | StaticFile>;

/** Anything that is no page of the kit. */
export interface StaticFile {
  /** Where it is, or what is in it. */
  file?: string;
  body?: string;
  /** Default: by the path's ending. */
  type?: string;
  status?: number;
  headers?: Record<string, string>;
}

/** Names of what a page brings, with the type of what it is. */
export function isTestPage(entry: TestPage | StaticFile): entry is TestPage {
  return !('file' in entry || 'body' in entry || 'status' in entry);
}
