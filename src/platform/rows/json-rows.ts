import { rowProblem, type RawRow, type RowText } from './raw-row.ts';
import { LONGEST_ROW, textLines, type TextLine } from './text-lines.ts';

/** One object a line, or one array of objects over as many lines as it likes. */
export async function* jsonRows(pieces: AsyncIterable<string>, isArray: boolean): AsyncGenerator<RawRow> {
  for await (const { line, text, isCut } of isArray ? arrayElements(pieces) : textLines(pieces)) {
    if (text.trim() === '') continue;
    if (isCut) yield { line, text, problem: rowProblem('tooLong', { limit: LONGEST_ROW }) };
    else yield jsonRow({ line, text });
  }
}

function jsonRow(row: RowText): RawRow {
  const { line, text } = row;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { line, text, problem: rowProblem('notJson') };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { line, text, problem: rowProblem('notObject') };
  }
  return { line, text, cells: Object.entries(value) };
}

/** The texts between the commas of the outermost array, and what stands beside it; strings and nested values are stepped over. */
async function* arrayElements(pieces: AsyncIterable<string>): AsyncGenerator<TextLine> {
  let line = 1;
  let depth = 0;
  let base = 0;
  let inString = false;
  let isEscaped = false;
  let element = { line: 0, text: '', isCut: false };
  const add = (char: string): void => {
    if (element.text === '' && char.trim() === '') return;
    if (element.text === '') element.line = line;
    if (element.text.length < LONGEST_ROW) element.text += char;
    else element.isCut = true;
  };
  for await (const piece of pieces) {
    for (const char of piece) {
      if (inString) {
        inString = isEscaped || char !== '"';
        isEscaped = !isEscaped && char === '\\';
        add(char);
      } else {
        if (char === ']' || char === '}') depth = Math.max(0, depth - 1);
        const isBracket = depth === 0 && (char === '[' || char === ']');
        if (isBracket) base = char === '[' ? 1 : 0;
        if (isBracket || (depth === base && (char === ',' || (base === 0 && char === '\n')))) {
          if (element.text !== '') yield { ...element, text: element.text.trimEnd() };
          element = { line: 0, text: '', isCut: false };
        } else add(char);
        if (char === '[' || char === '{') depth += 1;
        inString = char === '"';
      }
      if (char === '\n') line += 1;
    }
  }
  if (element.text !== '') yield { ...element, text: element.text.trimEnd() };
}
