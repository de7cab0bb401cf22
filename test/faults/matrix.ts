/**
 * The fault matrix: every row, with its trials or with the place where it is tested.
 *
 * @module
 */
import type { Row } from './row.ts';
import { responseLost } from './cases/01-response-lost.ts';
import { requestLost } from './cases/02-request-lost.ts';
import { serverErrors } from './cases/03-server-errors.ts';
import { tooManyRequests } from './cases/04-too-many-requests.ts';
import { refused } from './cases/05-refused.ts';
import { expiredToken } from './cases/06-expired-token.ts';
import { offline } from './cases/07-offline.ts';
import { lyingBrowser } from './cases/08-lying-browser.ts';
import { reload } from './cases/09-reload.ts';
import { tabKilled } from './cases/10-tab-killed.ts';
import { browserKilled } from './cases/11-browser-killed.ts';
import { tabsAtOnce } from './cases/12-tabs-at-once.ts';
import { leaderFrozen } from './cases/13-leader-frozen.ts';
import { noLocks } from './cases/14-no-locks.ts';
import { noStorage } from './cases/15-no-storage.ts';
import { quota } from './cases/16-quota.ts';
import { storageWiped } from './cases/17-storage-wiped.ts';
import { streamCut } from './cases/18-stream-cut.ts';
import { halfOpen } from './cases/19-half-open.ts';
import { bufferingProxy } from './cases/20-buffering-proxy.ts';
import { cursorTooOld } from './cases/21-cursor-too-old.ts';
import { snapshotGap } from './cases/22-snapshot-gap.ts';
import { restart } from './cases/23-restart.ts';
import { killed } from './cases/24-killed.ts';
import { secondProcess } from './cases/25-second-process.ts';
import { sameTime } from './cases/28-same-time.ts';
import { sameId } from './cases/29-same-id.ts';
import { wrongClock } from './cases/30-wrong-clock.ts';
import { oldTimeZones } from './cases/31-old-time-zones.ts';
import { flowChanged } from './cases/32-flow-changed.ts';
import { forged } from './cases/33-forged.ts';
import { honestReplay } from './cases/34-honest-replay.ts';
import { elsewhere } from './cases/elsewhere.ts';
import { closedAfterSend } from './cases/39-closed-after-send.ts';
import { removed } from './cases/40-removed.ts';
import { slowNetwork } from './cases/41-slow-network.ts';
import { longQuestions } from './cases/43-long-questions.ts';
import { hostileKeywords } from './cases/44-hostile-keywords.ts';
import { longPolls } from './cases/45-long-polls.ts';
import { silentReceiver } from './cases/46-silent-receiver.ts';
import { unknownCallers } from './cases/47-unknown-callers.ts';
import { slowUploads } from './cases/48-slow-uploads.ts';
import { hungryDownloads } from './cases/49-hungry-downloads.ts';

export const rows: readonly Row[] = [
  ...elsewhere,
  responseLost,
  requestLost,
  serverErrors,
  tooManyRequests,
  refused,
  expiredToken,
  offline,
  lyingBrowser,
  reload,
  tabKilled,
  browserKilled,
  tabsAtOnce,
  leaderFrozen,
  noLocks,
  noStorage,
  quota,
  storageWiped,
  streamCut,
  halfOpen,
  bufferingProxy,
  cursorTooOld,
  snapshotGap,
  restart,
  killed,
  secondProcess,
  sameTime,
  sameId,
  wrongClock,
  oldTimeZones,
  flowChanged,
  forged,
  honestReplay,
  closedAfterSend,
  removed,
  slowNetwork,
  longQuestions,
  hostileKeywords,
  longPolls,
  silentReceiver,
  unknownCallers,
  slowUploads,
  hungryDownloads,
].sort((a, b) => a.number - b.number);
