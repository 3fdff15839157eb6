import { UsageError, type CommandCall } from './console.ts';

type Run = (call: CommandCall) => Promise<number>;

/** A command whose first argument says what it is about; the others are that one's own. */
export const bySubject =
  (subjects: Readonly<Record<string, Run>>): Run =>
  async (call) => {
    const [subject = '', ...args] = call.args;
    const run = Object.hasOwn(subjects, subject) ? subjects[subject] : undefined;
    if (!run) {
      const known = Object.keys(subjects).join(', ');
      throw new UsageError(call.say('commands:noSuchSubject', { subject, known }));
    }
    return run({ ...call, args });
  };
