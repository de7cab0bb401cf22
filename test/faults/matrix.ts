/**
 * The fault matrix: every row, with its trials or with the place where it is tested.
 *
 * @module
 */
import type { Row } from './row.ts';
import { responseLost } from './rows/01-response-lost.ts';
import { requestLost } from './rows/02-request-lost.ts';
import { serverErrors } from './rows/03-server-errors.ts';
import { tooManyRequests } from './rows/04-too-many-requests.ts';
import { refused } from './rows/05-refused.ts';
import { expiredToken } from './rows/06-expired-token.ts';
import { offline } from './rows/07-offline.ts';
import { lyingBrowser } from './rows/08-lying-browser.ts';
import { reload } from './rows/09-reload.ts';
import { tabKilled } from './rows/10-tab-killed.ts';
import { browserKilled } from './rows/11-browser-killed.ts';
import { tabsAtOnce } from './rows/12-tabs-at-once.ts';
import { leaderFrozen } from './rows/13-leader-frozen.ts';
import { noLocks } from './rows/14-no-locks.ts';
import { noStorage } from './rows/15-no-storage.ts';
import { quota } from './rows/16-quota.ts';
import { storageWiped } from './rows/17-storage-wiped.ts';
import { streamCut } from './rows/18-stream-cut.ts';
import { halfOpen } from './rows/19-half-open.ts';
import { bufferingProxy } from './rows/20-buffering-proxy.ts';
import { cursorTooOld } from './rows/21-cursor-too-old.ts';
import { snapshotGap } from './rows/22-snapshot-gap.ts';
import { restart } from './rows/23-restart.ts';
import { killed } from './rows/24-killed.ts';
import { secondProcess } from './rows/25-second-process.ts';
import { sameTime } from './rows/28-same-time.ts';
import { sameId } from './rows/29-same-id.ts';
import { wrongClock } from './rows/30-wrong-clock.ts';
import { oldTimeZones } from './rows/31-old-time-zones.ts';
import { flowChanged } from './rows/32-flow-changed.ts';
import { forged } from './rows/33-forged.ts';
import { honestReplay } from './rows/34-honest-replay.ts';
import { elsewhere } from './rows/elsewhere.ts';
import { closedAfterSend } from './rows/39-closed-after-send.ts';
import { removed } from './rows/40-removed.ts';
import { slowNetwork } from './rows/41-slow-network.ts';
import { longQuestions } from './rows/43-long-questions.ts';
import { hostileKeywords } from './rows/44-hostile-keywords.ts';
import { longPolls } from './rows/45-long-polls.ts';
import { silentReceiver } from './rows/46-silent-receiver.ts';
import { unknownCallers } from './rows/47-unknown-callers.ts';
import { slowUploads } from './rows/48-slow-uploads.ts';
import { hungryDownloads } from './rows/49-hungry-downloads.ts';

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
