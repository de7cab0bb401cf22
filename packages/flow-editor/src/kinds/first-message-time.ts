import type { TimeTest, TimeWindow } from '@alur/flow';
import { describeWindows } from './describe-windows.ts';
import type { EditorKind, SummaryRow } from './editor-kind.ts';
import { filled } from './summary-text.ts';

/** Window of a new time condition. Correcting a value is faster than entering one. */
const OFFICE_HOURS: TimeWindow = { from: '08:00', to: '17:00', days: [1, 2, 3, 4, 5, 6, 7] };

export const timeTestKind: EditorKind<TimeTest> = {
  kind: 'first-message-time',
  tint: 'condition',
  icon: 'clock',
  name: 'First Message Time',
  group: 'condition',
  searchWords:
    'kondisi syarat cabang jika bila waktu jam hari jadwal libur buka tutup if time hours schedule',
  summaryRows({ windows, timeZone }, { flow, strings }): SummaryRow[] {
    return [
      {
        ...filled(describeWindows(windows, strings), strings.face.noWindows),
        span: countWindowRows(windows),
      },
      { text: timeZone || flow.timeZone || strings.face.noZone, tone: 'muted' },
    ];
  },
  countRows: ({ windows }) => 1 + countWindowRows(windows),
  hints: ({ zoneHint }) => ({ timeZone: zoneHint }),
  blank: () => ({ windows: [OFFICE_HOURS] }),
};

/** Returns the number of rows for windows: one for one, two for several. */
function countWindowRows(windows: readonly unknown[]): 1 | 2 {
  return windows.length > 1 ? 2 : 1;
}
