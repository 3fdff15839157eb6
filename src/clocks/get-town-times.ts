import { townTimes, type TownTimes } from '../domain/clocks/town-times.ts';
import { workingCalendar, type CalendarYear } from '../domain/clocks/working-calendar.ts';
import type { CalendarStore } from './calendar-store.ts';
import type { PolicyStore } from './policy-store.ts';

/** How a town reckons, as it stands now. */
export type GetTownTimes = () => Promise<TownTimes>;

/** Another process's change of calendar or policy is seen after this long. */
const KEPT_MS = 2000;

/**
 * The town's policies over the town's calendar: the shipped years, those that were imported in their stead or besides,
 * and the town's own days. `elapsed` is a clock of milliseconds that only runs forward.
 */
export function makeGetTownTimes(deps: {
  policies: Pick<PolicyStore, 'all'>;
  calendar: Pick<CalendarStore, 'years' | 'townDays'>;
  shipped: readonly CalendarYear[];
  zone: string;
  elapsed: () => number;
}): GetTownTimes & { forget(): void } {
  let kept: { readonly until: number; readonly times: TownTimes } | null = null;
  const get = async (): Promise<TownTimes> => {
    if (kept && kept.until > deps.elapsed()) return kept.times;
    const [policies, imported, townDays] = await Promise.all([
      deps.policies.all(),
      deps.calendar.years(),
      deps.calendar.townDays(),
    ]);
    const known = new Set(imported.map(({ year }) => year));
    const years = [...deps.shipped.filter(({ year }) => !known.has(year)), ...imported];
    const times = townTimes(policies, workingCalendar(deps.zone, years, townDays));
    kept = { until: deps.elapsed() + KEPT_MS, times };
    return times;
  };
  const forget = (): void => {
    kept = null;
  };
  return Object.assign(get, { forget });
}
