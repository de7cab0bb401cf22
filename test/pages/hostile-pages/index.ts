import type { HostilePage } from '../kit/hostile-page.ts';
import { astro, astroIsBuilt } from './astro.ts';
import { bare } from './bare.ts';
import { blocked } from './blocked.ts';
import { clobbered } from './clobbered.ts';
import { doctor } from './doctor.ts';
import { framed } from './framed.ts';
import { globalCss } from './global-css.ts';
import { moved } from './moved.ts';
import { neighbours } from './neighbours.ts';
import { noStorage } from './no-storage.ts';
import { otherInboxes } from './other-inboxes.ts';
import { patched } from './patched.ts';
import { payloads } from './payloads.ts';
import { plainHttp } from './plain-http.ts';
import { prototypeJs } from './prototype-js.ts';
import { rtl } from './rtl.ts';
import { strictCsp } from './strict-csp.ts';
import { transformed } from './transformed.ts';
import { twoWidgets } from './two-widgets.ts';
import { closedAfterSend } from './closed-after-send.ts';
import { htmx } from './htmx.ts';
import { react } from './react.ts';
import { turbo } from './turbo.ts';
import { wayBack } from './way-back.ts';

/** Every test page. That of Astro only where it has been built. */
export const hostilePages: readonly HostilePage[] = [
  bare,
  strictCsp,
  doctor,
  globalCss,
  neighbours,
  transformed,
  prototypeJs,
  patched,
  clobbered,
  framed,
  blocked,
  noStorage,
  rtl,
  plainHttp,
  twoWidgets,
  moved,
  otherInboxes,
  turbo,
  htmx,
  ...(astroIsBuilt ? [astro] : []),
  react,
  wayBack,
  closedAfterSend,
  payloads,
];
