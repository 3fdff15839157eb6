import { channelsOf, wishOf, type MessageWish } from '../domain/letters/reach.ts';
import type { Channel } from '../domain/clocks/ladder.ts';
import type { Matter } from '../domain/matters/matter.ts';
import type { NoticeTemplate } from './notice.ts';

/** What a writer has to answer or cannot do without: these go out to everyone who did not refuse all messages. */
const ESSENTIALS: readonly NoticeTemplate[] = ['asked', 'refused', 'answered'];

/** By which channels the writer is to hear of this. */
export function channelsFor(
  template: NoticeTemplate,
  { letter }: Pick<Matter, 'letter'>,
  later: MessageWish | null,
): readonly Channel[] {
  const { by, about } = wishOf(letter, later);
  return about === 'essentials' && !ESSENTIALS.includes(template) ? [] : channelsOf(by);
}
