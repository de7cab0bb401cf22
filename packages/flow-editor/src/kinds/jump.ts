import type { JumpCard } from '@alur/flow';
import type { EditorKind, SummaryRow } from './editor-kind.ts';

export const jumpKind: EditorKind<JumpCard> = {
  kind: 'jump',
  tint: 'action',
  icon: 'jump',
  name: 'Jump to Action',
  group: 'action',
  isClosing: true,
  searchWords: 'tindakan aksi lompat loncat pindah lanjut ulang kembali go to',
  summaryRows({ to }, { flow, strings }, nameCard): SummaryRow[] {
    const target = to === null ? undefined : flow.cards[to];
    if (!to) return [{ text: strings.face.noTarget, tone: 'unset' }];
    if (!target) return [{ text: strings.face.targetGone, tone: 'unset' }];
    // Two jumps can lead to each other. Do not describe a jump's target recursively.
    if (target.kind === 'jump') return [{ text: jumpKind.name }];
    return [{ text: target.title || nameCard(target) }];
  },
  hints: ({ jumpHint }) => ({ to: jumpHint }),
};
