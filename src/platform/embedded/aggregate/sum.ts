import { Decimal128, Int32 } from 'bson';
import { add, isNumeric, type Numeric } from '../bson/numbers.js';
import type { Value } from '../bson/values.js';

/** Adds as MongoDB's $sum: whole numbers exactly, and of doubles what rounding takes away is kept aside. */
export class Sum {
  private whole = 0n;
  private isLong = false;
  private doubles: number | null = null;
  private lost = 0;
  private decimals: Numeric | null = null;

  /** Whatever is no number is passed over. */
  add(value: Value | undefined): void {
    if (!isNumeric(value)) return;
    if (value instanceof Decimal128)
      this.decimals = this.decimals === null ? value : add(this.decimals, value);
    else if (typeof value === 'number') this.addDouble(value);
    else {
      this.isLong ||= typeof value === 'bigint';
      this.whole += BigInt(value instanceof Int32 ? value.value : value);
    }
  }

  private addDouble(value: number): void {
    const before = this.doubles ?? 0;
    const sum = before + value;
    if (!Number.isFinite(sum)) this.lost = 0;
    else this.lost += Math.abs(before) >= Math.abs(value) ? before - sum + value : value - sum + before;
    this.doubles = this.doubles === null ? value : sum;
  }

  result(): Numeric {
    const rest = this.natives();
    return this.decimals === null ? rest : (add(this.decimals, rest) ?? rest);
  }

  private natives(): Numeric {
    if (this.doubles !== null) {
      if (this.whole !== 0n) {
        this.addDouble(Number(this.whole));
        this.whole = 0n;
      }
      return this.doubles + this.lost;
    }
    const { whole } = this;
    if (!this.isLong && BigInt.asIntN(32, whole) === whole) return new Int32(Number(whole));
    return BigInt.asIntN(64, whole) === whole ? whole : Number(whole);
  }
}

export function total(values: Iterable<Value | undefined>): Numeric {
  const sum = new Sum();
  for (const value of values) sum.add(value);
  return sum.result();
}
