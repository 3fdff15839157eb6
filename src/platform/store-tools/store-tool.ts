import type { Config } from '../config.ts';
import type { CommandCall } from '../console.ts';

export interface StoreToolCall extends CommandCall {
  readonly config: Config;
}

/** A command about a store as a whole. It composes no program, and returns the exit code. */
export type StoreTool = (call: StoreToolCall) => Promise<number>;
