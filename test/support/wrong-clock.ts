/**
 * `node --import` this: the process's clock is CLOCK_IS_WRONG_BY_MS off, for everything that runs in it, libraries too.
 */
const by = Number(process.env['CLOCK_IS_WRONG_BY_MS'] ?? 0);
const { now } = Date;
Date.now = () => now() + by;
globalThis.Date = new Proxy(Date, {
  construct: (date, given, made) => Reflect.construct(date, given.length === 0 ? [date.now()] : given, made),
});
