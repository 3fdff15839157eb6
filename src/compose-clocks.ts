import type { Connection } from 'mongoose';
import { mongoCalendarStore } from './clocks/calendar-store.mongo.ts';
import { makeChangePolicy } from './clocks/change-policy.ts';
import { makeCheckCalendar } from './clocks/check-calendar.ts';
import { makeGetTownTimes } from './clocks/get-town-times.ts';
import { makeKeepCalendar } from './clocks/keep-calendar.ts';
import { mongoPolicyStore } from './clocks/policy-store.mongo.ts';
import { makeReckonClocks } from './clocks/reckon-clocks.ts';
import type { DirectoryStore } from './directory/directory-store.ts';
import type { Announce } from './matters/announce.ts';
import type { MatterStore } from './matters/matter-store.ts';
import type { NoticeStore } from './notices/notice-store.ts';
import { chinaCalendarYears } from './platform/calendar/china-calendar.ts';
import type { Clock } from './platform/clock.ts';

/** The part of the composition that knows how the town reckons time. */
export function composeClocks(deps: {
  connection: Connection;
  matters: MatterStore;
  directory: DirectoryStore;
  notices: NoticeStore;
  clock: Clock;
  secrets: { readonly keyHash: (text: string) => string };
  zone: string;
  elapsed: () => number;
}) {
  const policies = mongoPolicyStore(deps.connection);
  const calendar = mongoCalendarStore(deps.connection);
  const getTownTimes = makeGetTownTimes({ ...deps, policies, calendar, shipped: chinaCalendarYears() });
  return {
    getTownTimes,
    /** Those who hear of changed clocks ask for the time themselves. */
    withAnnounce(announce: Announce) {
      const known = { ...deps, announce, policies, calendar, getTownTimes };
      const reckonClocks = makeReckonClocks(known);
      const keepCalendar = makeKeepCalendar({ ...known, reckonClocks, digest: deps.secrets.keyHash });
      return {
        checkCalendar: makeCheckCalendar({ ...known, keepCalendar }),
        services: {
          policies,
          calendar,
          keepCalendar,
          changePolicy: makeChangePolicy({ ...known, reckonClocks }),
        },
      };
    },
  };
}
