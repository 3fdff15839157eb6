import type { Bilingual } from '../bilingual.ts';
import type { Day } from '../clocks/zoned-day.ts';
import type { Role } from '../permissions/permissions.ts';

/** 承办单位 */
export interface Unit {
  readonly id: string;
  readonly name: Bilingual;
  readonly kind: 'office' | 'bureau' | 'street' | 'enterprise';
  readonly duties: Bilingual;
  readonly phone: string;
  readonly address: Bilingual;
}

/** A member of staff: post and unit, and how the town's clock reaches them. */
export interface Person {
  readonly id: string;
  readonly username: string;
  readonly name: Bilingual;
  readonly post: Bilingual;
  readonly role: Role;
  readonly unit: string;
  readonly phone: string;
  readonly mail: string;
  readonly absence?: Absence | null;
}

/** Days on which somebody is away, the first and the last included, and who stands in for them. */
export interface Absence {
  readonly from: Day;
  readonly to: Day;
  /** Id of a person. */
  readonly standIn: string;
}

/** One of several boxes that letters are put into, each perhaps with promises of its own. */
export interface Mailbox {
  readonly id: string;
  readonly name: Bilingual;
}

/** What makes an empty store a town. */
export interface Town {
  readonly name: Bilingual;
  readonly mailbox: Bilingual;
  /** Further mailboxes beside the first; absent: none. */
  readonly mailboxes?: readonly Mailbox[];
  readonly greeting: Bilingual;
  /** The invented town that a bare start shows: its sign-ins are printed and it never sends through a real gateway. */
  readonly isDemonstration: boolean;
}
