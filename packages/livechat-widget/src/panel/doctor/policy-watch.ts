import type { Check } from './report.ts';

/** What a page's policy stopped: the directive, and what it would have to allow. */
interface Violation {
  effectiveDirective: string;
  blockedURI: string;
}

/** Takes down what the page's content security policy stops, from now on and, where the browser remembers it, before. */
export class PolicyWatch {
  readonly #violations = new Map<string, Violation>();
  readonly #end = new AbortController();

  constructor() {
    document.addEventListener('securitypolicyviolation', (event) => this.#note(event), {
      signal: this.#end.signal,
    });
    if (typeof ReportingObserver !== 'function') return;
    const past = new ReportingObserver(
      (reports) => {
        for (const { body } of reports) {
          const { effectiveDirective, blockedURL } = (body ?? {}) as {
            effectiveDirective?: string;
            blockedURL?: string;
          };
          if (effectiveDirective) this.#note({ effectiveDirective, blockedURI: blockedURL ?? '' });
        }
      },
      { types: ['csp-violation'], buffered: true },
    );
    past.observe();
    this.#end.signal.addEventListener('abort', () => past.disconnect());
  }

  #note({ effectiveDirective, blockedURI }: Violation) {
    // Elements and attributes have directives of their own, which most policies write as one.
    const directive = effectiveDirective.replace(/-(elem|attr)$/, '');
    const source = originOf(blockedURI);
    this.#violations.set(`${directive} ${source}`, { effectiveDirective: directive, blockedURI: source });
  }

  /** What concerns one of `addresses`, or Trusted Types, as checks. */
  checks(addresses: readonly string[]): Check[] {
    const origins = addresses.map(originOf);
    const ours = [...this.#violations.values()].filter(
      ({ blockedURI, effectiveDirective }) =>
        origins.includes(blockedURI) || /trusted-types/.test(effectiveDirective),
    );
    return ours.map(({ effectiveDirective, blockedURI }) => ({
      name: 'Policy',
      finding: 'problem',
      says: `${effectiveDirective} stops ${blockedURI}`,
      remedy: /trusted-types/.test(effectiveDirective)
        ? `add lit-html 'allow-duplicates' to trusted-types`
        : `add ${blockedURI} to ${effectiveDirective}`,
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
