import type { CalendarYear, TownDay } from '../domain/clocks/working-calendar.ts';
import type { Day } from '../domain/clocks/zoned-day.ts';
import type { Actor } from '../domain/permissions/permissions.ts';
import type { Clock } from '../platform/clock.ts';
import type { CalendarStore } from './calendar-store.ts';
import type { GetTownTimes } from './get-town-times.ts';
import { asItBegan, type ReckonClocks, type ReckoningSum } from './reckon-clocks.ts';

/** Who does it that has no account: whoever may run commands on the town's machine. */
export const COMMAND_LINE: Actor = {
  id: 'command-line',
  name: 'command line',
  role: 'administrator',
  unit: null,
};

/** The town learns of days off and days worked; every running clock is reckoned anew by them. */
export function makeKeepCalendar(deps: {
  calendar: CalendarStore;
  getTownTimes: GetTownTimes & { forget(): void };
  reckonClocks: ReckonClocks;
  clock: Clock;
}) {
  const reckoned = async (): Promise<ReckoningSum> => {
    deps.getTownTimes.forget();
    return deps.reckonClocks.run(asItBegan(await deps.getTownTimes()), 'calendar');
  };
  const saved = (actor: Actor) => ({ by: actor.id, at: deps.clock.now() });
  return {
    async takeYears(years: readonly CalendarYear[], actor: Actor): Promise<ReckoningSum> {
      for (const year of years) await deps.calendar.saveYear(year, saved(actor));
      return reckoned();
    },
    async setDay(day: TownDay, actor: Actor): Promise<ReckoningSum> {
      await deps.calendar.saveTownDay(day, saved(actor));
      return reckoned();
    },
    async removeDay(day: Day): Promise<ReckoningSum> {
      await deps.calendar.removeTownDay(day);
      return reckoned();
    },
    /** What a crash between saving a calendar and reckoning left behind. */
    catchUp: reckoned,
  };
}

export type KeepCalendar = ReturnType<typeof makeKeepCalendar>;
