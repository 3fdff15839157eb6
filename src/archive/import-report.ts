import type { FieldError } from '../domain/domain-error.ts';
import type { Translate } from '../platform/words.ts';
import type { ImportTally } from './import-letters.ts';

/** Why rows were not taken: each reason once, with how many rows and the first of their lines. */
export interface Reasons {
  add(line: number, reason: string): void;
  lines(say: Translate): string[];
}

const LINES_SHOWN = 8;

export function collectReasons(): Reasons {
  const reasons = new Map<string, { count: number; lines: number[] }>();
  return {
    add(line, reason) {
      const known = reasons.get(reason) ?? { count: 0, lines: [] };
      known.count += 1;
      if (known.lines.length < LINES_SHOWN) known.lines.push(line);
      reasons.set(reason, known);
    },
    lines: (say) =>
      [...reasons]
        .sort(([, a], [, b]) => b.count - a.count)
        .map(([reason, { count, lines }]) => {
          const shown = lines.join(', ') + (count > lines.length ? ', …' : '');
          return say('commands:import.reason', { count, reason, lines: shown });
        }),
  };
}

/** What is wrong with a row, in the operator's words. */
export function sayProblem({ field, rule, params }: FieldError, say: Translate): string {
  const key = `commands:import.problem.${rule}`;
  const label = `commands:import.column.${field}`;
  return say(say.has(key) ? key : 'commands:import.problem.other', {
    ...params,
    column: say.has(label) ? say(label) : field,
  });
}

export function sayTally(
  tally: Readonly<ImportTally>,
  told: { readonly isDryRun: boolean; readonly unused: ReadonlySet<string>; readonly seconds: number },
  say: Translate,
): string[] {
  const { firstOn, lastOn, ...numbers } = tally;
  const none = tally.imported === 0 || firstOn === null || lastOn === null;
  return [
    say(told.isDryRun ? 'commands:import.wouldHave' : 'commands:import.done', {
      ...numbers,
      seconds: told.seconds.toFixed(1),
    }),
    ...(none ? [] : [say('commands:import.period', { ...numbers, firstOn, lastOn })]),
    ...(told.unused.size === 0
      ? []
      : [say('commands:import.unused', { names: [...told.unused].slice(0, 20).join(', ') })]),
  ];
}
