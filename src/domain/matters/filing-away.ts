import type { Actor } from '../permissions/permissions.ts';
import type { Change, Matter } from './matter.ts';
import { transition } from './transition.ts';

export const close = (matter: Matter, actor: Actor, now: Date): Change =>
  transition(matter, 'close', actor, now);

/** 存档 */
export const archive = (matter: Matter, actor: Actor, now: Date): Change =>
  transition(matter, 'archive', actor, now);
