import { decode } from '../bson/codec.js';
import { isNumeric, toDouble, wholeNumber } from '../bson/numbers.js';
import { isDoc, RawDocument, typeName, type Doc, type Value } from '../bson/values.js';
import { notSupported, ServerError } from '../errors.js';

/** The fields of a command or of one of its statements, read with MongoDB's complaints about wrong types. */
export class Arguments {
  readonly doc: Doc;
  readonly name: string;

  constructor(doc: Doc, name: string) {
    this.doc = doc;
    this.name = name;
  }

  get(field: string): Value | undefined {
    const value = this.doc.get(field);
    return value === null ? undefined : value;
  }

  /** Refuses fields that are neither known nor known to be switched off. */
  check(known: ReadonlySet<string>, off: ReadonlySet<string>): void {
    for (const [field, value] of this.doc) {
      if (field === 'collation') checkCollation(value);
      else if (off.has(field)) {
        if (!isOff(value)) throw notSupported(`'${field}' of ${this.name}`);
      } else if (!known.has(field)) {
        throw new ServerError('IDLUnknownField', `BSON field '${this.name}.${field}' is an unknown field.`);
      }
    }
  }

  string(field: string): string {
    const value = this.get(field);
    if (typeof value === 'string') return value;
    throw this.wrong(field, value, 'string');
  }

  /** The document there, or an empty one. */
  document(field: string): Doc {
    const value = this.get(field) ?? new Map<string, Value>();
    if (isDoc(value)) return value;
    throw this.wrong(field, value, 'object');
  }

  optionalDocument(field: string): Doc | null {
    return this.get(field) === undefined ? null : this.document(field);
  }

  flag(field: string): boolean {
    const value = this.get(field);
    if (value === undefined || typeof value === 'boolean') return value === true;
    if (isNumeric(value)) return toDouble(value) !== 0;
    throw this.wrong(field, value, 'bool');
  }

  /** A whole number, or null when there is none. */
  whole(field: string): number | null {
    const value = this.get(field);
    if (value === undefined) return null;
    if (!isNumeric(value)) throw this.wrong(field, value, 'int');
    const whole = wholeNumber(value);
    if (whole === null)
      throw new ServerError('FailedToParse', `BSON field '${this.name}.${field}' must be a whole number`);
    return whole;
  }

  /** As `whole`, refusing negative numbers with MongoDB's code for it. */
  amount(field: string): number | null {
    const whole = this.whole(field);
    if (whole === null || whole >= 0) return whole;
    throw new ServerError(51024, `BSON field '${field}' value must be >= 0, actual value '${whole}'`);
  }

  list(field: string): readonly Value[] {
    const value = this.get(field);
    if (Array.isArray(value)) return value;
    throw this.wrong(field, value, 'array');
  }

  /** A list of documents, as MongoDB's drivers send them: in the command or as a sequence beside it. */
  documents(field: string): Doc[] {
    return this.list(field).map((value) => {
      if (value instanceof RawDocument) return decode(value.bytes);
      if (isDoc(value)) return value;
      throw this.wrong(`${field}.0`, value, 'object');
    });
  }

  private wrong(field: string, value: Value | undefined, expected: string): ServerError {
    if (value === undefined) {
      return new ServerError(
        'IDLFailedToParse',
        `BSON field '${this.name}.${field}' is missing but a required field`,
      );
    }
    return new ServerError(
      'TypeMismatch',
      `BSON field '${this.name}.${field}' is the wrong type '${typeName(value)}', expected type '${expected}'`,
    );
  }
}

const isOff = (value: Value): boolean =>
  value === null || value === false || (isNumeric(value) && toDouble(value) === 0);

/** Comparison by bytes is the only one there is. */
function checkCollation(value: Value): void {
  if (value === null || (isDoc(value) && (value.size === 0 || value.get('locale') === 'simple'))) return;
  throw notSupported('collation');
}
