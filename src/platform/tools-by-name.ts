import { UsageError, type CommandCall } from './console.ts';

/** A command that needs no town. Returns the exit code. */
export type Tool = (call: CommandCall) => Promise<number>;

/** Several tools under one command; the first argument says which. */
export const toolsByName =
  (tools: Readonly<Record<string, Tool>>): Tool =>
  async (call) => {
    const [name = '', ...args] = call.args;
    const tool = Object.hasOwn(tools, name) ? tools[name] : undefined;
    if (!tool) {
      const known = Object.keys(tools).join(', ');
      throw new UsageError(call.say('commands:noSuchTool', { name, known }));
    }
    return tool({ ...call, args });
  };
