import { parse } from 'csv-parse/sync';
import { rowProblem, type RawRow, type RowText } from './raw-row.ts';
import { LONGEST_ROW, textLines, type TextLine } from './text-lines.ts';

/** A quoted cell goes over no more lines than this; beyond, its quote was a slip. */
const LONGEST_CELL_LINES = 2000;
const DELIMITERS = [',', '\t', ';'];

/**
 * Records of a CSV file; the first names the columns. A line whose quote is never closed costs that line only: those
 * after it are read as rows of their own.
 */
export async function* csvRows(pieces: AsyncIterable<string>): AsyncGenerator<RawRow> {
  const lines = withReturn(textLines(pieces));
  let columns: readonly string[] | null = null;
  let delimiter = ',';
  for (let line = await lines.next(); line; line = await lines.next()) {
    if (line.text.trim() === '' || (!columns && /^sep=.\r?$/i.test(line.text))) continue;
    if (!columns) delimiter = delimiterOf(line.text);
    const record = await wholeRecord(line, lines, delimiter);
    if (!record.cells) yield { line: line.line, text: record.text, problem: record.problem };
    else if (!columns) columns = record.cells.map((cell) => cell.trim());
    else yield rowOf({ line: line.line, text: record.text }, record.cells, columns);
  }
}

type Cells =
  | { readonly text: string; readonly cells: string[]; readonly problem?: never }
  | { readonly text: string; readonly problem: ReturnType<typeof rowProblem>; readonly cells?: never };

async function wholeRecord(first: TextLine, lines: Lines, delimiter: string): Promise<Cells> {
  if (first.isCut) return { text: first.text, problem: rowProblem('tooLong', { limit: LONGEST_ROW }) };
  const taken = [first];
  let quotes = quotesIn(first.text);
  let length = first.text.length;
  while (quotes % 2 === 1 && taken.length < LONGEST_CELL_LINES && length < LONGEST_ROW) {
    const more = await lines.next();
    if (!more) break;
    taken.push(more);
    quotes += quotesIn(more.text);
    length += more.text.length;
  }
  const text = taken.map((line) => line.text).join('\n');
  const strict = quotes % 2 === 0 ? parsed(text, delimiter, false) : null;
  if (strict) return { text, cells: strict };
  lines.giveBack(taken.slice(1));
  const lenient = parsed(first.text, delimiter, true);
  return lenient ? { text: first.text, cells: lenient } : { text: first.text, problem: rowProblem('quotes') };
}

function parsed(text: string, delimiter: string, isLenient: boolean): string[] | null {
  try {
    const [cells = null, ...others] = parse(text.replace(/\r$/, ''), {
      delimiter,
      relax_column_count: true,
      relax_quotes: isLenient,
      record_delimiter: ['\n'],
    });
    return others.length === 0 ? cells : null;
  } catch {
    return null;
  }
}

function rowOf(row: RowText, cells: readonly string[], columns: readonly string[]): RawRow {
  const surplus = cells.slice(columns.length).some((cell) => cell.trim() !== '');
  if (surplus || cells.length < columns.length) {
    return { ...row, problem: rowProblem('cells', { cells: cells.length, columns: columns.length }) };
  }
  return { ...row, cells: columns.map((column, i) => [column, cells[i] ?? '']) };
}

const quotesIn = (text: string): number => text.split('"').length - 1;

function delimiterOf(header: string): string {
  const counts = DELIMITERS.map((each) => ({ each, count: header.split(each).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).each;
}

interface Lines {
  next(): Promise<TextLine | null>;
  giveBack(lines: readonly TextLine[]): void;
}

/** Lines that can be given back and come again. */
function withReturn(lines: AsyncGenerator<TextLine>): Lines {
  let again: TextLine[] = [];
  return {
    async next() {
      const returned = again.shift();
      if (returned) return returned;
      const { value, done } = await lines.next();
      return done ? null : value;
    },
    giveBack(returned) {
      again = [...returned, ...again];
    },
  };
}
