import type { RowText } from './raw-row.ts';

/** A line without its end. Of one that is longer than any row may be, only the beginning is kept. */
export interface TextLine extends RowText {
  readonly isCut: boolean;
}

/** Characters; a letter and its reply at their longest, escaped, come to a quarter of it. */
export const LONGEST_ROW = 1_000_000;

/** Text in pieces → lines, one at a time. */
export async function* textLines(pieces: AsyncIterable<string>): AsyncGenerator<TextLine> {
  let line = 1;
  let kept = '';
  let isCut = false;
  const keep = (text: string): void => {
    isCut ||= kept.length + text.length > LONGEST_ROW;
    kept += text.slice(0, LONGEST_ROW - kept.length);
  };
  for await (const piece of pieces) {
    let from = 0;
    for (let at = piece.indexOf('\n'); at >= 0; at = piece.indexOf('\n', from)) {
      keep(piece.slice(from, at));
      yield { line, text: kept, isCut };
      line += 1;
      kept = '';
      isCut = false;
      from = at + 1;
    }
    keep(piece.slice(from));
  }
  if (kept !== '') yield { line, text: kept, isCut };
}
