/**
 * The example pages in `embeds/`: the chat in plain HTML, React, Vue, by a tag manager, and with content of
 * the page. They are part of the shop's site.
 *
 * @module
 */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CDN_FOLDER, PAGES_FOLDER } from './build.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';
import { sendPage, serveFolder, type Site } from './server.ts';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), 'embeds');

/** URLs for the pages' tags. */
export interface EmbedAddresses {
  /** URL of the script-tag files. */
  cdn: string;
  host: string;
  inbox: string;
}

/** Adds the pages below `/embeds/` and the files that they load. */
export async function addEmbeds(site: Site, { cdn, host, inbox }: EmbedAddresses): Promise<void> {
  const { entry, files } = JSON.parse(await readFile(join(CDN_FOLDER, 'integrity.json'), 'utf8')) as {
    entry: string;
    files: Record<string, string>;
  };
  const fill = { CDN: cdn, HOST: host, INBOX: inbox, ENTRY: entry, INTEGRITY: files[entry]! };
  const addPage = (path: string, folder: string, scripts: string, isInline = false): void => {
    const page = sendPage({
      file: join(folder, path.replace('/embeds', ''), 'index.html'),
      fill,
      headers: {
        'Content-Security-Policy': contentSecurityPolicy({
          'script-src': scripts,
          'style-src': "'self'",
          'img-src': "'self' https:",
          'connect-src': host,
          // A tag manager creates scripts from text, which this directive forbids.
          ...(isInline ? {} : { 'require-trusted-types-for': "'script'" }),
        }),
      },
    });
    site.get(path, page);
    site.get(`${path}/index.html`, page);
  };
  const built = join(PAGES_FOLDER, 'embeds');
  addPage('/embeds', FOLDER, "'none'");
  addPage('/embeds/plain', FOLDER, `'self' ${cdn}/`);
  addPage('/embeds/slots', FOLDER, `'self' ${cdn}/`);
  addPage('/embeds/react', built, "'self'");
  addPage('/embeds/vue', built, "'self'");
  addPage('/embeds/tag-manager', FOLDER, `'self' 'unsafe-inline' ${cdn}/`, true);
  serveFolder(site, { path: '/embeds/', folder: FOLDER });
  serveFolder(site, { path: '/assets/', folder: join(PAGES_FOLDER, 'assets') });
}
