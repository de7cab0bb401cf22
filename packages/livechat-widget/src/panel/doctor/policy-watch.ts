import type { Check } from './report.ts';

/** A violation of the page's policy: the directive, and what it would have to allow. */
interface Violation {
  effectiveDirective: string;
  blockedURI: string;
  /** `report` for a policy that only reports. */
  disposition: string;
}

/**
 * Records violations of the page's content security policy, including earlier ones where the browser stores
 * them.
 */
export class PolicyWatch {
  readonly #violations = new Map<string, { directive: string; source: string }>();
  readonly #end = new AbortController();

  constructor() {
    document.addEventListener('securitypolicyviolation', (event) => this.#note(event), {
      signal: this.#end.signal,
    });
    if (typeof ReportingObserver !== 'function') return;
    const past = new ReportingObserver(
      (reports) => {
        for (const { body } of reports) {
          const { effectiveDirective, blockedURL, disposition } = (body ?? {}) as {
            effectiveDirective?: string;
            blockedURL?: string;
            disposition?: string;
          };
          if (effectiveDirective)
            this.#note({
              effectiveDirective,
              blockedURI: blockedURL ?? '',
              disposition: disposition ?? 'enforce',
            });
        }
      },
      { types: ['csp-violation'], buffered: true },
    );
    past.observe();
    this.#end.signal.addEventListener('abort', () => past.disconnect());
  }

  #note({ effectiveDirective, blockedURI, disposition }: Violation) {
    if (disposition === 'report') return;
    // Most policies set one directive for elements and attributes.
    const directive = effectiveDirective.replace(/-(elem|attr)$/, '');
    const source = originOf(blockedURI);
    this.#violations.set(`${directive} ${source}`, { directive, source });
  }

  /** Returns the violations that concern one of `addresses`, or Trusted Types, as checks. */
  checks(addresses: readonly string[]): Check[] {
    const origins = addresses.map(originOf);
    const ours = [...this.#violations.values()].filter(
      ({ source, directive }) => origins.includes(source) || /trusted-types/.test(directive),
    );
    return ours.map(({ directive, source }) => ({
      name: 'Policy',
      finding: 'problem',
      says: `${directive} blocks ${source}`,
      remedy: /trusted-types/.test(directive)
        ? `add lit-html 'allow-duplicates' to trusted-types`
        : `add ${source} to ${directive}`,
    }));
  }

  end(): void {
    this.#end.abort();
  }
}

function originOf(address: string): string {
  try {
    return new URL(address).origin;
  } catch {
    return address;
  }
}
