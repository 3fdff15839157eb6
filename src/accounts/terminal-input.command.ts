import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** Where the answers of a person come from. */
export interface Input {
  readonly isTerminal: boolean;
  ask(question: string): Promise<string>;
  /** What is typed is not shown. */
  askSecret(question: string): Promise<string>;
  /** For `--password-stdin`: the first line that is piped in. */
  firstLine(): Promise<string>;
}

/** The person went away from the question (Ctrl-C, Ctrl-D). */
export class InputClosed extends Error {}

export function streamInput(from: NodeJS.ReadStream, to: NodeJS.WriteStream): Input {
  const question = async (words: string, isSecret: boolean): Promise<string> => {
    let isMuted = false;
    const output = new Writable({
      write(chunk, encoding, done) {
        if (!isMuted) to.write(chunk, encoding);
        done();
      },
    });
    const reader = createInterface({ input: from, output, terminal: true });
    try {
      const answer = reader.question(words);
      isMuted = isSecret;
      return await answer;
    } catch (error) {
      throw error instanceof Error && error.name === 'AbortError' ? new InputClosed() : error;
    } finally {
      reader.close();
      if (isSecret) to.write('\n');
    }
  };
  return {
    isTerminal: from.isTTY,
    ask: (words) => question(words, false),
    askSecret: (words) => question(words, true),
    async firstLine() {
      const reader = createInterface({ input: from });
      for await (const line of reader) {
        reader.close();
        return line;
      }
      return '';
    },
  };
}
