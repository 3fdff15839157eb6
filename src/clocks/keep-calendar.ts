import type { TownTimes } from '../domain/clocks/town-times.ts';
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
  /** A short name for a long text, the same for the same text. */
  digest: (text: string) => string;
  clock: Clock;
}) {
  const reckoned = async (): Promise<ReckoningSum> => {
    deps.getTownTimes.forget();
    const times = await deps.getTownTimes();
    const sum = await deps.reckonClocks.run(asItBegan(times), 'calendar');
    await deps.calendar.setReckonedBy(nameOf(times));
    return sum;
  };
  const nameOf = ({ calendar }: TownTimes): string => deps.digest(JSON.stringify(calendar.known));
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
    /**
     * What a crash between saving a calendar and reckoning left behind, or what a new version of the program knows of the
     * years to come. Null: nothing has changed since.
     */
    async catchUp(): Promise<ReckoningSum | null> {
      const name = nameOf(await deps.getTownTimes());
      return (await deps.calendar.reckonedBy()) === name ? null : reckoned();
    },
  };
}

export type KeepCalendar = ReturnType<typeof makeKeepCalendar>;
