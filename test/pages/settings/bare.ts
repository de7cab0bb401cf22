import type { Setting } from '../kit/setting.ts';

export const bare: Setting = {
  name: 'bare',
  about: 'a plain page',
  serve: () => ({ '/': {} }),
};
