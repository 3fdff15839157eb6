import type { Connection } from 'mongoose';
import type { GetTownTimes } from './clocks/get-town-times.ts';
import type { DirectoryStore } from './directory/directory-store.ts';
import type { MatterStore } from './matters/matter-store.ts';
import { makeReadMatter } from './matters/open-matter-file.ts';
import type { ChangeMatter } from './matters/change-matter.ts';
import type { NoticeStore } from './notices/notice-store.ts';
import { makeFindRecipients } from './notices/tell-people.ts';
import type { Clock } from './platform/clock.ts';
import { randomIds } from './platform/ids.ts';
import type { Log } from './platform/log.ts';
import { makePrepareIssue } from './supervision/card-issue.ts';
import { mongoCardStore } from './supervision/card-store.mongo.ts';
import { makeIssueCards } from './supervision/issue-cards.ts';
import { makeIssueOrder } from './supervision/issue-order.ts';
import { makeOpenCard } from './supervision/open-card.ts';
import { makeOpenSupervision } from './supervision/open-supervision.ts';
import { makeTellOfCards } from './supervision/tell-of-cards.ts';
import { makePerformCardAction } from './supervision/perform-card-action.ts';

/** The part of the composition that issues cards and orders, and shows them. */
export function composeSupervision(deps: {
  connection: Connection;
  matters: MatterStore;
  directory: DirectoryStore;
  getTownTimes: GetTownTimes;
  notices: NoticeStore;
  /** Those who hear of a matter's changes are composed after this. */
  changeMatter: ChangeMatter;
  clock: Clock;
  log: Log;
}) {
  const { matters, directory } = deps;
  const shared = {
    ...deps,
    cards: mongoCardStore(deps.connection),
  };
  const findRecipients = makeFindRecipients(directory, matters);
  const tellOfCards = makeTellOfCards({ ...shared, findRecipients });
  const prepareIssue = makePrepareIssue({
    ...shared,
    findRecipients,
  });
  return {
    listeners: [makeIssueCards({ ...shared, prepareIssue })],
    services: {
      cards: shared.cards,
      openSupervision: makeOpenSupervision(shared),
      openCard: makeOpenCard(shared),
      performCardAction: makePerformCardAction({ ...shared, tellOfCards }),
      issueOrder: makeIssueOrder({
        ...shared,
        readMatter: makeReadMatter(shared),
        prepareIssue,
        tellOfCards,
        ids: randomIds,
      }),
    },
  };
}
