import { GatewayFault } from '../channel.ts';

/** Longer than this nobody waits for a gateway, whatever it does. */
export const PATIENCE_MS = 10_000;

/** No gateway has more to say about one message. */
const MOST_BYTES = 64 * 1024;

export interface GatewayRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface GatewayAnswer {
  readonly status: number;
  readonly text: string;
}

/** A POST and its whole answer. What goes wrong is said without address, number or text: all three may be in the cause. */
export async function callGateway(request: GatewayRequest, patienceMs: number): Promise<GatewayAnswer> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  // Raced, not only aborted: a fetch whose request was collected as garbage hears no abort while it reads its answer.
  const timeUp = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new DOMException('', 'TimeoutError')), patienceMs);
  });
  try {
    return await Promise.race([post(request, controller.signal), timeUp]);
  } catch (error) {
    // oxlint-disable-next-line preserve-caught-error -- see above
    throw new GatewayFault(`SMS gateway: ${faultOf(error)}`);
  } finally {
    clearTimeout(timer);
    controller.abort();
  }
}

async function post({ url, headers, body }: GatewayRequest, signal: AbortSignal): Promise<GatewayAnswer> {
  const response = await fetch(url, { method: 'POST', headers, body, redirect: 'error', signal });
  return { status: response.status, text: await textOf(response) };
}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    // Leaving the loop gives the connection up.
    if (size > MOST_BYTES) throw new EndlessAnswer();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

class EndlessAnswer extends Error {}

function faultOf(error: unknown): string {
  if (error instanceof EndlessAnswer) return 'its answer has no end';
  if (error instanceof DOMException && error.name === 'TimeoutError') return 'no answer in time';
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string'
    ? cause.code
    : 'the connection broke';
}
