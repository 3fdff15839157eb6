import type { Language } from '../domain/bilingual.ts';
import { joinObstacle } from '../domain/matters/joining.ts';
import { isAllowed } from '../domain/matters/transition.ts';
import type { Matter } from '../domain/matters/matter.ts';
import { hasRight, type Actor } from '../domain/permissions/permissions.ts';
import type { PublicNotice } from '../domain/publication/public-notice.ts';
import { HEAT, HOT_WINDOWS } from '../domain/repeats/hot-matters.ts';
import { namesOf } from '../matters/worklist.view.ts';
import { wordsFor } from '../matters/wording.ts';
import type { HotPage, ReadHotMatter } from './open-hot-page.ts';

interface Reader {
  readonly actor: Actor;
  readonly lang: Language;
}

/** The office's page of hot matters. */
export function hotView(page: HotPage, reader: Reader) {
  const unitNames = namesOf(page.units, reader.lang);
  return {
    days: page.days,
    windows: HOT_WINDOWS.map((days) => ({ days, href: hotAddress(days), isHere: days === page.days })),
    heat: HEAT,
    mostHeat: Math.max(1, ...page.matters.map(({ hot }) => hot.heat)),
    matters: page.matters.map((each) => matterView(each, unitNames, reader)),
    mayPublish: hasRight(reader.actor, 'publishNotices'),
    notices: page.notices.map(noticeLine),
  };
}

export const hotAddress = (days: number): string => `/desk/hot?days=${days}`;

function matterView(
  { hot, lead, letters, notices }: ReadHotMatter,
  unitNames: ReadonlyMap<string, string>,
  { actor }: Reader,
) {
  const isLoose = ({ id, joinedTo }: Matter): boolean => id !== lead.id && joinedTo !== lead.id;
  const loose = letters.filter(isLoose);
  const leading = [lead, ...loose].filter(({ joinedTo }) => joinedTo === null);
  // One that could be joined to none of the others, nor they to it, is shown with the reason.
  const fits = (letter: Matter): boolean =>
    letter.joinedTo !== null || leading.some((other) => goTogether(letter, other));
  const joinable = loose.filter(fits);
  // An answered letter joins nothing, but the others may join it.
  const mayJoin =
    joinable.length > 0 && [lead, ...joinable].some((matter) => isAllowed(matter, 'join', actor));
  return {
    number: lead.number,
    title: titleFor(actor, lead),
    language: lead.letter.language,
    href: addressOf(lead),
    heat: hot.heat,
    people: hot.people,
    count: hot.letters,
    signatures: hot.signatures,
    quietDays: hot.quietDays,
    trend: hot.trend,
    newestOn: hot.newestOn,
    stretches: hot.stretches.map(({ from, to, letters: count }) => ({ from, to, count })),
    units: hot.units.map((unit) => unitNames.get(unit) ?? unit),
    letters: letters
      .map((letter) => ({
        ...letterView(letter, lead, actor),
        // What seems to be another matter after all is unticked, and left where it is.
        tick: mayJoin && joinable.includes(letter) ? asSeen(letter) : null,
        apart: isLoose(letter) && !fits(letter) ? joinObstacle(letter, lead) : null,
      }))
      .toReversed(),
    loose: loose.length,
    joinable: joinable.length,
    // What was seen goes with the form: whatever changed since is refused, and said.
    joining: mayJoin ? [lead, ...letters.filter(({ joinedTo }) => joinedTo === lead.id)].map(asSeen) : [],
    noticeHref: `/desk/hot/notice?about=${encodeURIComponent(lead.id)}`,
    notices: notices.map(noticeLine),
  };
}

/** Joining after an answer by the same person opens that matter anew, which is done with it. */
const mayFollow = (one: Matter, other: Matter): boolean =>
  [null, 'newRound'].includes(joinObstacle(one, other));

const goTogether = (one: Matter, other: Matter): boolean =>
  one.id !== other.id && (mayFollow(one, other) || mayFollow(other, one));

const asSeen = ({ id, version }: Matter): string => `${id}@${version}`;

function letterView(letter: Matter, lead: Matter, actor: Actor) {
  return {
    number: letter.number,
    title: titleFor(actor, letter),
    href: addressOf(letter),
    state: letter.state,
    receivedAt: letter.letter.receivedAt,
    place: letter.id === lead.id ? 'lead' : letter.joinedTo === lead.id ? 'joined' : 'loose',
  };
}

const noticeLine = ({ id, title, language, publishedAt }: PublicNotice) => ({
  id,
  title,
  language,
  publishedAt,
  href: `/notices/${encodeURIComponent(id)}`,
  takeDown: `/desk/hot/notices/${encodeURIComponent(id)}/takeDown`,
});

const titleFor = (actor: Actor, { letter }: Matter): string => wordsFor(actor, letter.writer)(letter.title);

const addressOf = ({ id }: Matter): string => `/desk/${encodeURIComponent(id)}`;
