import type { GetTownTimes } from '../clocks/get-town-times.ts';
import type { DirectoryStore } from '../directory/directory-store.ts';
import { dayOf, timeOf } from '../domain/clocks/zoned-day.ts';
import { standInOf } from '../domain/directory/stand-in.ts';
import { UNIT_STATES } from '../domain/matters/lifecycle.ts';
import type { MatterStore } from '../matters/matter-store.ts';
import { QUEUED } from './notice.ts';
import type { NoticeStore } from './notice-store.ts';

/**
 * One digest a working day for the head of each unit that has something open, planned while the office is open. Returns
 * for how many heads.
 */
export function makeTellHeads(deps: {
  getTownTimes: GetTownTimes;
  directory: Pick<DirectoryStore, 'people'>;
  matters: Pick<MatterStore, 'countByState'>;
  notices: Pick<NoticeStore, 'add'>;
}) {
  return async (now: Date): Promise<number> => {
    const times = await deps.getTownTimes();
    const { zone } = times.calendar;
    const today = dayOf(now, zone);
    const { opensAt, closesAt } = times.policyOn(today);
    const isOpen = timeOf(now, zone) >= opensAt && timeOf(now, zone) < closesAt;
    if (!isOpen || !times.calendar.kindOf(today).isWorking) return 0;
    const people = await deps.directory.people();
    let told = 0;
    for (const head of people.filter(({ role }) => role === 'head')) {
      const counts = await deps.matters.countByState(head.unit, true);
      if (!UNIT_STATES.some((state) => (counts.get(state) ?? 0) > 0)) continue;
      const { id } = standInOf(head, people, today);
      await deps.notices.add([
        {
          ...QUEUED,
          key: `digest-${head.unit}/${today}/${id}/mail`,
          matterId: null,
          // Whose matters: a stand-in may belong to another unit.
          number: head.unit,
          template: 'digest',
          recipient: { role: 'head', personId: id },
          channel: 'mail',
          dueAt: now,
          plannedAt: now,
        },
      ]);
      told += 1;
    }
    return told;
  };
}
