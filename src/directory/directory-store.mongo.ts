import { Schema, type Connection } from 'mongoose';
import type { Person, Town, Unit } from '../domain/directory/directory.ts';
import { DomainError } from '../domain/domain-error.ts';
import type { RoutingRule } from '../domain/routing/suggest-units.ts';
import type { DirectoryStore } from './directory-store.ts';

const anything = Schema.Types.Mixed;

const unitSchema = new Schema<Omit<Unit, 'id'> & { _id: string; place: number }>(
  {
    _id: String,
    name: anything,
    kind: String,
    duties: anything,
    phone: String,
    address: anything,
    place: Number,
  },
  { collection: 'units', versionKey: false },
);

type PersonRow = Omit<Person, 'id'> & { _id: string };

const personSchema = new Schema<PersonRow>(
  {
    _id: String,
    username: { type: String, required: true },
    name: anything,
    post: anything,
    role: { type: String, required: true },
    unit: { type: String, required: true },
    phone: String,
    mail: String,
    absence: Schema.Types.Mixed,
  },
  { collection: 'people', versionKey: false },
);
personSchema.index({ username: 1 }, { unique: true });
personSchema.index({ role: 1, unit: 1 });

/** Two documents: the town, and its routing table, which is kept whole because its order is its meaning. */
const settingSchema = new Schema<{ _id: string; value: unknown }>(
  { _id: String, value: anything },
  { collection: 'settings', versionKey: false },
);

export function mongoDirectoryStore(connection: Connection): DirectoryStore {
  const units = connection.model('Unit', unitSchema);
  const people = connection.model('Person', personSchema);
  const settings = connection.model('Setting', settingSchema);
  const save = (id: string, value: unknown) =>
    settings.updateOne({ _id: id }, { $set: { value } }, { upsert: true });

  return {
    async town() {
      const row = await settings.findById('town').lean<{ value: Town }>();
      return row?.value ?? null;
    },
    async saveTown(town) {
      await save('town', town);
    },
    async units() {
      const rows = await units
        .find()
        .sort({ place: 1 })
        .lean<(Omit<Unit, 'id'> & { _id: string; place: number })[]>();
      return rows.map(({ _id, place: _, ...unit }) => ({ id: _id, ...unit }));
    },
    async saveUnit({ id, ...unit }) {
      const place = await units.estimatedDocumentCount();
      await units.updateOne({ _id: id }, { $set: unit, $setOnInsert: { place } }, { upsert: true });
    },
    async people() {
      const rows = await people.find().sort({ unit: 1, username: 1 }).lean<PersonRow[]>();
      return rows.map(toPerson);
    },
    async person(id) {
      const row = await people.findById(id).lean<PersonRow>();
      return row && toPerson(row);
    },
    async personByUsername(username) {
      const row = await people.findOne({ username }).lean<PersonRow>();
      return row && toPerson(row);
    },
    async peopleOf(role, unit) {
      const rows = await people.find(unit === undefined ? { role } : { role, unit }).lean<PersonRow[]>();
      return rows.map(toPerson);
    },
    async savePerson({ id, ...person }) {
      const namesake = await people.findOne({ username: person.username, _id: { $ne: id } }).lean();
      if (namesake) {
        throw new DomainError('INVALID_INPUT', { fields: [{ field: 'username', rule: 'username.taken' }] });
      }
      await people.updateOne({ _id: id }, { $set: person }, { upsert: true });
    },
    async routingRules() {
      const row = await settings.findById('routing-rules').lean<{ value: RoutingRule[] }>();
      return row?.value ?? [];
    },
    async saveRoutingRules(rules) {
      await save('routing-rules', rules);
    },
  };
}

const toPerson = ({ _id, ...person }: PersonRow): Person => ({ id: _id, ...person });
