import { inLanguage } from '../domain/bilingual.ts';
import { extensionLimit } from '../domain/clocks/matter-clock.ts';
import { isSecret } from '../domain/letters/letter.ts';
import type { Matter } from '../domain/matters/matter.ts';
import { isOfRule, type UnitSuggestion } from '../domain/routing/suggest-units.ts';
import { hasRight, type Actor } from '../domain/permissions/permissions.ts';
import { cardsView } from './cards.view.ts';
import { confirmationAsked, deskButtons, type Refused } from './desk-buttons.view.ts';
import { dueView } from './due.ts';
import { clockView } from './matter-clock.view.ts';
import { historyView, noticesView } from './matter-history.view.ts';
import { publicationView, roundsView } from './matter-reply.view.ts';
import type { MatterFile } from './open-matter-file.ts';
import { likelyView, setView } from './set.view.ts';
import { wordingFor, type MatterReader, type Wording } from './wording.ts';

/** A matter as its page shows it to one reader. */
export function matterPageView(file: MatterFile, reader: MatterReader, refused: Refused | null) {
  const { matter } = file;
  const wording = wordingFor(file, reader);
  const { reply } = matter.clock;
  const { calendar } = reader.town;
  return {
    address: `/desk/${encodeURIComponent(matter.id)}`,
    version: matter.version,
    number: matter.number,
    state: matter.state,
    title: wording.text(matter.letter.title),
    isSecret: isSecret(matter.letter),
    resolution: matter.resolution,
    due: dueView(reply, matter.state, file.now, calendar),
    ...cardsView(file, reader.actor),
    letter: letterView(matter, reader.actor, wording),
    mailbox: file.mailbox && inLanguage(reader.lang, file.mailbox.name),
    hands: handsView(file, wording),
    set: setView(matter, file.joined, reader.actor),
    likely: likelyView(matter, file.likely, reader.actor),
    buttons: deskButtons(file, reader.actor, reader.town, refused),
    suggestions: matter.suggestions.map((suggestion) => suggestionView(suggestion, wording)),
    topic: matter.topic,
    units: file.units.map(({ id }) => ({ value: id, label: wording.unit(id) })),
    // A report is never handed to a unit it accuses.
    assignable: file.units
      .filter(({ id }) => !matter.accused.includes(id))
      .map(({ id }) => ({ value: id, label: wording.unit(id) })),
    guards: [...file.guards],
    asksConfirmation: confirmationAsked(file) !== null,
    extensionLeft: extensionLimit(reader.town.policy.longestExtension - matter.clock.extendedBy, reply.limit),
    asked: askedView(matter, wording),
    clock: clockView(matter, wording),
    rounds: roundsView(matter, wording),
    recipients: file.wish.by,
    reach: file.wish,
    publication: publicationView(file, wording),
    rating: matter.rating && { ...matter.rating, words: wording.text(matter.rating.words) },
    notAccepted: matter.refusal && { ground: matter.refusal.ground, text: wording.text(matter.refusal.text) },
    notices: noticesView(file, wording),
    history: historyView(matter, wording),
  };
}

export type MatterPageView = ReturnType<typeof matterPageView>;

function suggestionView(suggestion: UnitSuggestion, wording: Wording) {
  const { unit, words } = suggestion;
  const why = isOfRule(suggestion) ? { rule: suggestion.rule } : { letters: suggestion.letters };
  return { unit, name: wording.unit(unit), words: [...words], ...why };
}

/** The letter as it came; how its writer is reached only for those who may know. */
function letterView({ letter, id }: Matter, actor: Actor, wording: Wording) {
  const maySee = hasRight(actor, 'seeContactData');
  return {
    kind: letter.kind,
    channel: letter.channel,
    wish: letter.wish,
    language: letter.language,
    receivedAt: letter.receivedAt,
    title: wording.text(letter.title),
    body: wording.text(letter.body),
    place: wording.text(letter.place),
    shown: letter.shown ?? null,
    isWhole: maySee,
    writer: maySee
      ? {
          name: letter.writer.name,
          phone: letter.writer.phone,
          mail: letter.writer.mail,
          address: letter.writer.address,
        }
      : null,
    attachments: letter.attachments.map(({ name, size }, index) => ({
      place: index + 1,
      size,
      // A file's name may name its sender.
      name: maySee ? name : null,
      href: maySee ? `/desk/${encodeURIComponent(id)}/attachments/${index + 1}` : null,
    })),
  };
}

function handsView({ matter, primary }: MatterFile, wording: Wording) {
  return {
    lead: matter.lead === null ? null : wording.unit(matter.lead),
    supporting: matter.supporting.map((unit) => wording.unit(unit)),
    handler: matter.handler === null ? null : wording.person(matter.handler),
    returns: matter.returns,
    accused: matter.accused.map((unit) => wording.unit(unit)),
    isJoined: matter.joinedTo !== null,
    primary: primary && { number: primary.number, href: `/desk/${encodeURIComponent(primary.id)}` },
  };
}

/** What somebody waits to have decided or answered, with the words it was asked in. */
function askedView({ state, history }: Matter, wording: Wording) {
  const asking = {
    returnAsked: 'askReturn',
    extensionAsked: 'askExtension',
    asked: 'askCitizen',
    paused: 'pause',
  };
  const what = new Map<string, string>(Object.entries(asking)).get(state);
  const event = what === undefined ? undefined : history.findLast((each) => each.what === what);
  return (
    event && {
      what: event.what,
      text: wording.text(event.text ?? ''),
      days: event.days ?? null,
      unit: event.unit ? wording.unit(event.unit) : null,
    }
  );
}
