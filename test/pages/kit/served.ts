import type { TestPage } from './test-page.ts';

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
