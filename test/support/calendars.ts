/** A year's notice as nobody published it: days of our own, in the shape of the public holiday-cn files. */
const span = (name: string, isOffDay: boolean, ...dates: string[]) =>
  dates.map((date) => ({ name, date, isOffDay }));

export const DAYS_2027 = [
  ...span('元旦', true, '2026-12-31', '2027-01-01'),
  ...span('春节', true, '2027-02-05', '2027-02-06', '2027-02-07', '2027-02-08', '2027-02-09', '2027-02-10'),
  ...span('春节', false, '2027-02-20'),
  ...span('清明节', true, '2027-04-05'),
  ...span('国庆节', true, '2027-10-01', '2027-10-04', '2027-10-05'),
  ...span('国庆节', false, '2027-10-09'),
];

/** One day a line, so that a line can be named. */
export const JSON_2027 = `{ "$id": "x", "year": 2027,
  "papers": ["https://town.example/{notice}"],
  "days": [
${DAYS_2027.map(({ name, date, isOffDay }) => `    { "name": "${name}", "date": "${date}", "isOffDay": ${isOffDay} }`).join(',\n')}
  ]
}`;
