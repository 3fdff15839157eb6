import { Schema, type Connection } from 'mongoose';
import type { CalendarYear, TownDay } from '../domain/clocks/working-calendar.ts';
import type { CalendarStore } from './calendar-store.ts';

const anything = Schema.Types.Mixed;

interface YearRow extends CalendarYear {
  readonly _id: number;
  readonly by: string;
  readonly at: Date;
}

const yearSchema = new Schema<YearRow>(
  {
    _id: Number,
    year: { type: Number, required: true },
    holidays: { type: anything, required: true },
    makeUpDays: { type: anything, required: true },
    by: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'calendar_years', versionKey: false, minimize: false },
);

type DayRow = TownDay & { readonly _id: string; readonly by: string; readonly at: Date };

const daySchema = new Schema<DayRow>(
  {
    _id: String,
    day: { type: String, required: true },
    isWorking: { type: Boolean, required: true },
    name: { type: anything, required: true },
    by: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'calendar_days', versionKey: false },
);

const reckonedSchema = new Schema<{ _id: string; calendar: string }>(
  { _id: String, calendar: { type: String, required: true } },
  { collection: 'calendar_reckoned', versionKey: false },
);

const CLOCKS = 'clocks';

export function mongoCalendarStore(connection: Connection): CalendarStore {
  const years = connection.model('CalendarYear', yearSchema);
  const days = connection.model('CalendarDay', daySchema);
  const reckoned = connection.model('CalendarReckoned', reckonedSchema);
  return {
    async years() {
      const rows = await years.find({}).sort({ _id: 1 }).lean<YearRow[]>();
      return rows.map(({ _id, ...year }) => year);
    },
    async saveYear(year, saved) {
      await years.updateOne({ _id: year.year }, { $set: { ...year, ...saved } }, { upsert: true });
    },
    async townDays() {
      const rows = await days.find({}).sort({ _id: 1 }).lean<DayRow[]>();
      return rows.map(({ _id, ...day }) => day);
    },
    async saveTownDay(day, saved) {
      await days.updateOne({ _id: day.day }, { $set: { ...day, ...saved } }, { upsert: true });
    },
    async removeTownDay(day) {
      await days.deleteOne({ _id: day });
    },
    async reckonedBy() {
      const row = await reckoned.findById(CLOCKS).lean<{ calendar: string }>();
      return row?.calendar ?? null;
    },
    async setReckonedBy(calendar) {
      await reckoned.updateOne({ _id: CLOCKS }, { $set: { calendar } }, { upsert: true });
    },
  };
}
