import type { Setting } from '../kit/setting.ts';
import { bare } from './bare.ts';
import { strictCsp } from './strict-csp.ts';

/** Every test page. */
export const settings: readonly Setting[] = [bare, strictCsp];
