import { safeUrl } from '@alur/flow/text';
import { checkAppearance, isHexColor } from './appearance.ts';
import type { WorkspaceFault } from './workspace-faults.ts';
import type { Workspace } from './workspace.ts';

/**
 * Returns every value of a workspace that pages would use as a style or an address and that is unsafe there:
 * colors of labels, avatars of agents, appearances of inboxes.
 */
export function checkValues({ labels = [], agents = [], inboxes = [] }: Workspace): WorkspaceFault[] {
  const faults: WorkspaceFault[] = [];
  for (const [index, { color }] of labels.entries())
    if (!isHexColor(color))
      faults.push({
        path: `/labels/${index}/color`,
        value: color,
        message: 'is not a color such as #2f6fed',
      });
  for (const [index, { avatarUrl }] of agents.entries())
    if (avatarUrl !== undefined && safeUrl(avatarUrl, /^https:/) === null)
      faults.push({
        path: `/agents/${index}/avatarUrl`,
        value: avatarUrl,
        message: 'is not an https: address',
      });
  for (const [index, { appearance = {} }] of inboxes.entries())
    faults.push(...checkAppearance(appearance, `/inboxes/${index}/appearance`));
  return faults;
}
