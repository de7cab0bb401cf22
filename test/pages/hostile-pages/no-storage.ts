import type { HostilePage } from '../kit/hostile-page.ts';

function refuse(): void {
  const no = {
    configurable: true,
    get: () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    },
  };
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
    Object.defineProperty(globalThis, name, no);
  Object.defineProperty(document, 'cookie', no);
}
function lose(): void {
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB'])
    Object.defineProperty(globalThis, name, { value: undefined });
}
function hang(): void {
  IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest;
}

const script = (body: () => void): string => `<script>(${body.toString()})()</script>`;

/** Browsers without storage, for different reasons. */
export const noStorage: HostilePage = {
  name: 'no-storage',
  about: 'storage that throws, is missing, or never answers',
  serve: () => ({
    '/throws': { head: script(refuse) },
    '/missing': { head: script(lose) },
    '/hangs': { head: script(hang) },
  }),
  async run(visit) {
    for (const path of ['/throws', '/missing', '/hangs']) {
      await visit.goto(path);
      await visit.launcherIsThere();
      if (path !== '/hangs') await visit.siteWorks();
      await visit.open();
      await visit.say(`A word that ${path} loses`);
      await visit.isHeard(`A word that ${path} loses`);
      await visit.until('nothing is said about what is not kept', () => probe.texts('[part~=notice]')[0]);
      await visit.shoot(path.slice(1));
      await visit.isQuiet();
    }
  },
};
