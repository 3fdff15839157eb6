import { Int32, ObjectId } from 'bson';
import { wholeNumber } from '../bson/numbers.js';
import { isDoc, show, typeName, type Doc, type Value } from '../bson/values.js';
import { notSupported, ServerError } from '../errors.js';
import { namedArguments } from './expression-forms.js';
import { isNullish, type Compile, type Context, type Form } from './expression-types.js';

/** Milliseconds a zone is ahead of UTC at an instant. */
type Offset = (instant: number) => number;

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const zones = new Map<string, Offset>();

function zoneOffset(zone: string): Offset {
  const known = zones.get(zone);
  if (known) return known;
  const made = fixedOffset(zone) ?? namedOffset(zone);
  zones.set(zone, made);
  return made;
}

function fixedOffset(zone: string): Offset | null {
  const parts = /^([+-])(\d\d)(?::?(\d\d))?$/.exec(zone);
  if (!parts) return null;
  const ahead = (Number(parts[2]) * hour + Number(parts[3] ?? 0) * minute) * (parts[1] === '-' ? -1 : 1);
  return () => ahead;
}

function namedOffset(zone: string): Offset {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    throw new ServerError(40485, `unrecognized time zone identifier: "${zone}"`);
  }
  return (instant) => {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
    const read = (name: Intl.DateTimeFormatPartTypes): number => Number(parts.get(name));
    const year = parts.get('era')?.startsWith('B') ? 1 - read('year') : read('year');
    const local = new Date(0);
    local.setUTCFullYear(year, read('month') - 1, read('day'));
    local.setUTCHours(read('hour'), read('minute'), read('second'));
    return local.getTime() - Math.floor(instant / 1000) * 1000;
  };
}

/** The instant a wall clock shows `local`; in a gap the clock has not reached it yet and the later one is taken. */
function fromLocal(local: number, offset: Offset): number {
  const first = local - offset(local);
  return local - offset(first);
}

function asDate(value: Value | undefined, name: string): Date | null {
  if (isNullish(value)) return null;
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  throw new ServerError(16006, `can't convert from BSON type ${typeName(value)} to Date in ${name}`);
}

/** Weeks of ISO 8601: Monday first, week 1 holds the year's first Thursday. `local` is shifted into the zone. */
function isoWeek(local: Date): { readonly week: number; readonly year: number } {
  const thursday = new Date(local.getTime() + (4 - (local.getUTCDay() || 7)) * day);
  const year = thursday.getUTCFullYear();
  return { year, week: 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * day)) };
}

const dayOfYear = (local: Date): number =>
  1 + Math.floor((local.getTime() - Date.UTC(local.getUTCFullYear(), 0, 1)) / day);

/** Week of the year, weeks beginning on Sunday; days before the first Sunday are week 0. */
const sundayWeek = (local: Date): number => Math.floor((dayOfYear(local) + 6 - local.getUTCDay()) / 7);

/** The parts of a date, read from one shifted into its zone. */
const parts: Readonly<Record<string, (local: Date) => number>> = {
  $year: (local) => local.getUTCFullYear(),
  $month: (local) => local.getUTCMonth() + 1,
  $dayOfMonth: (local) => local.getUTCDate(),
  $hour: (local) => local.getUTCHours(),
  $minute: (local) => local.getUTCMinutes(),
  $second: (local) => local.getUTCSeconds(),
  $millisecond: (local) => local.getUTCMilliseconds(),
  $dayOfWeek: (local) => local.getUTCDay() + 1,
  $dayOfYear: dayOfYear,
  $isoDayOfWeek: (local) => local.getUTCDay() || 7,
  $isoWeek: (local) => isoWeek(local).week,
  $isoWeekYear: (local) => isoWeek(local).year,
  $week: sundayWeek,
};

const padded: Readonly<Record<string, readonly [part: string, width: number]>> = {
  '%Y': ['$year', 4],
  '%m': ['$month', 2],
  '%d': ['$dayOfMonth', 2],
  '%H': ['$hour', 2],
  '%M': ['$minute', 2],
  '%S': ['$second', 2],
  '%L': ['$millisecond', 3],
  '%j': ['$dayOfYear', 3],
  '%w': ['$dayOfWeek', 1],
  '%u': ['$isoDayOfWeek', 1],
  '%V': ['$isoWeek', 2],
  '%G': ['$isoWeekYear', 4],
  '%U': ['$week', 2],
};

function render(format: string, date: Date, offset: Offset): string {
  const ahead = offset(date.getTime());
  const local = new Date(date.getTime() + ahead);
  return format.replaceAll(/%(.?)/g, (directive) => {
    const entry = padded[directive];
    if (entry) return String(parts[entry[0]]?.(local) ?? '').padStart(entry[1], '0');
    const minutes = Math.abs(Math.round(ahead / minute));
    const sign = ahead < 0 ? '-' : '+';
    if (directive === '%%') return '%';
    if (directive === '%Z') return `${sign}${minutes}`;
    if (directive !== '%z')
      throw new ServerError(18536, `Invalid format character '${directive}' in format string`);
    return `${sign}${String(Math.floor(minutes / 60)).padStart(2, '0')}${String(minutes % 60).padStart(2, '0')}`;
  });
}

function text(value: Value | undefined, name: string): string {
  if (typeof value === 'string') return value;
  throw new ServerError(18533, `${name} requires a string, found: ${show(value)}`);
}

const evaluate = (named: Doc, key: string, compile: Compile): ((context: Context) => Value | undefined) =>
  named.has(key) ? compile(named.get(key) ?? null) : () => undefined;

const dateToString: Form = (argument, compile, name) => {
  const named = namedArguments(argument, name, {
    needed: ['date'],
    optional: ['format', 'timezone', 'onNull'],
  });
  const [date, format, zone, onNull] = ['date', 'format', 'timezone', 'onNull'].map((key) =>
    evaluate(named, key, compile),
  );
  return (context) => {
    const when = asDate(date?.(context), name);
    if (when === null) return named.has('onNull') ? onNull?.(context) : null;
    const inZone = zone?.(context) ?? (named.has('timezone') ? null : 'UTC');
    const pattern = format?.(context) ?? (named.has('format') ? null : '%Y-%m-%dT%H:%M:%S.%LZ');
    if (inZone === null || pattern === null) return null;
    return render(text(pattern, name), when, zoneOffset(text(inZone, name)));
  };
};

const partOf: Form = (argument, compile, name) => {
  const named =
    isDoc(argument) && argument.has('date')
      ? namedArguments(argument, name, { needed: ['date'], optional: ['timezone'] })
      : null;
  const [bare] = Array.isArray(argument) && argument.length === 1 ? argument : [argument];
  const date = compile(named?.get('date') ?? bare ?? null);
  const zone = named ? evaluate(named, 'timezone', compile) : () => undefined;
  return (context) => {
    const when = asDate(date(context), name);
    const inZone = zone(context) ?? (named?.has('timezone') ? null : 'UTC');
    if (when === null || inZone === null) return null;
    const shifted = new Date(when.getTime() + zoneOffset(text(inZone, name))(when.getTime()));
    const value = parts[name]?.(shifted) ?? 0;
    // $isoWeekYear is a Long in MongoDB, the others are ints.
    return name === '$isoWeekYear' ? BigInt(value) : new Int32(value);
  };
};

const weekDays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** The start of the unit that a shifted date lies in. */
function truncateLocal(local: Date, unit: string, startOfWeek: string): number {
  const midnight = Math.floor(local.getTime() / day) * day;
  const year = local.getUTCFullYear();
  switch (unit) {
    case 'year':
      return Date.UTC(year, 0, 1);
    case 'quarter':
      return Date.UTC(year, local.getUTCMonth() - (local.getUTCMonth() % 3), 1);
    case 'month':
      return Date.UTC(year, local.getUTCMonth(), 1);
    case 'week': {
      const first = weekDays.findIndex(
        (name) => startOfWeek !== '' && name.startsWith(startOfWeek.toLowerCase()),
      );
      if (first < 0) throw new ServerError(5439015, `$dateTrunc: unknown day ${show(startOfWeek)}`);
      return midnight - ((local.getUTCDay() - first + 7) % 7) * day;
    }
    case 'day':
      return midnight;
    case 'hour':
      return Math.floor(local.getTime() / hour) * hour;
    case 'minute':
      return Math.floor(local.getTime() / minute) * minute;
    case 'second':
      return Math.floor(local.getTime() / 1000) * 1000;
    default:
      throw new ServerError('FailedToParse', `unknown time unit value: ${unit}`);
  }
}

const dateTrunc: Form = (argument, compile, name) => {
  const optional = ['binSize', 'timezone', 'startOfWeek'];
  const named = namedArguments(argument, name, { needed: ['date', 'unit'], optional });
  if (named.has('binSize') && wholeNumber(named.get('binSize')) !== 1)
    throw notSupported('$dateTrunc with a binSize');
  const [date, unit, zone, week] = ['date', 'unit', 'timezone', 'startOfWeek'].map((key) =>
    evaluate(named, key, compile),
  );
  return (context) => {
    const when = asDate(date?.(context), name);
    const by = unit?.(context);
    const inZone = zone?.(context) ?? (named.has('timezone') ? null : 'UTC');
    if (when === null || isNullish(by) || inZone === null) return null;
    const offset = zoneOffset(text(inZone, name));
    const local = new Date(when.getTime() + offset(when.getTime()));
    return new Date(
      fromLocal(truncateLocal(local, text(by, name), text(week?.(context) ?? 'sunday', name)), offset),
    );
  };
};

export const dateForms: Readonly<Record<string, Form>> = {
  $dateToString: dateToString,
  $dateTrunc: dateTrunc,
  ...Object.fromEntries(Object.keys(parts).map((name) => [name, partOf])),
};
