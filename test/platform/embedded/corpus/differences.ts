/** What the second engine the corpus is run on (DocumentDB 1.0 over PostgreSQL) does unlike MongoDB. */
const narrows = 'makes an Int32 of a Long or Double in a command that fits one';
const skipsNaN = '$min and $max pass NaN over';

/** The lines on which it differs, with what it does instead: pending there, never passed. */
export const differences: ReadonlyMap<string, string> = new Map([
  ['updates: $set keeps the type it is given', narrows],
  ['updates: $set of a Long that fits an int', narrows],
  ['updates: $inc Int32 by Long', narrows],
  ['updates: $mul of nothing by a Long', narrows],
  ['updates: $max of NaN is below every number', skipsNaN],
  ['updates: $min of NaN is below every number', skipsNaN],
  ['updates: $bit or with a Long', 'refuses a Long beside an Int32'],
  ['updates: $bit by a Double', 'takes a Double'],
  ['updates: $push of none makes the array', 'makes no array'],
  ['updates: $pull by a pattern', 'compares the pattern as a value'],
  ['updates: two identifiers that choose one element', 'applies both, one after the other'],
  ['updates: an identifier in capitals', 'takes it'],
  ['upserts: types of the filter stay', narrows],
  ['runs $count of nothing', 'gives a zero'],
  ['runs $project of nothing', 'keeps everything'],
  ['runs $sum of doubles without loss', 'adds without compensation'],
  ['computes {"$add":["$i",{"$numberDouble":"1.0"}]} as {"$numberDouble":"8.0"}', narrows],
  ['computes {"$add":["$i",{"$numberLong":"1"}]} as {"$numberLong":"8"}', narrows],
  ['computes {"$mod":["$l",{"$numberInt":"10"}]} as {"$numberLong":"3"}', 'divides Longs as doubles'],
]);
