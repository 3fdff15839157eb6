import type { Unit } from '../domain/directory/directory.ts';
import { inLanguage, type Language } from '../domain/bilingual.ts';

const KINDS = ['office', 'bureau', 'street', 'enterprise'] as const satisfies readonly Unit['kind'][];

/** 机构名录: who is responsible for what, by the kind of unit. */
export function directoryView(units: readonly Unit[], lang: Language) {
  const groups = KINDS.map((kind) => ({
    kind,
    units: units
      .filter((unit) => unit.kind === kind)
      .map((unit) => ({
        id: unit.id,
        name: inLanguage(lang, unit.name),
        duties: inLanguage(lang, unit.duties),
        phone: unit.phone,
        dial: unit.phone.replaceAll(/[^0-9+]/g, ''),
        address: inLanguage(lang, unit.address),
      })),
  }));
  return { groups: groups.filter((group) => group.units.length > 0) };
}
