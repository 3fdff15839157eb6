import type { OutgoingMessage } from './channels/channel.ts';

/** A notice as it goes out, with its address; or why it does not. */
export type Prepared = Omit<OutgoingMessage, 'key'> | { readonly unsent: string };
