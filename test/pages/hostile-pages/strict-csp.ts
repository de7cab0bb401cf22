import type { HostilePage } from '../kit/hostile-page.ts';
import { NONCE } from '../kit/test-page.ts';

/** A policy that forbids as much as possible, with the list of Trusted Types policies from the README. */
export const strictCsp: HostilePage = {
  name: 'strict-csp',
  about: 'a content security policy that forbids everything, with Trusted Types',
  serve: ({ hostUrl, cdnUrl }) => {
    const policy = (scripts: string): Record<string, string> => ({
      'Content-Security-Policy': [
        "default-src 'none'",
        `script-src ${scripts}`,
        "style-src 'self'",
        'img-src data:',
        `connect-src ${hostUrl}`,
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types lit-html 'allow-duplicates'",
      ].join('; '),
    });
    return {
      '/': { headers: policy(`'nonce-${NONCE}' 'strict-dynamic'`) },
      '/by-host': { headers: policy(`'nonce-${NONCE}' ${cdnUrl}`) },
    };
  },
  async run(visit) {
    await visit.wholeJob();
    await visit.goto('/by-host');
    // It was open on the page before.
    await visit.isOpen();
    await visit.isQuiet();
  },
};
