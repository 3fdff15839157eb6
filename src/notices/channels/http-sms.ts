import type { MessageChannel } from './channel.ts';

const TIMEOUT_MS = 10_000;

/** SMS through a gateway that takes a JSON POST {to, text, template, params, key} and answers 2xx once it has it. */
export function httpSms({ url, token }: { url: string; token: string | null }): MessageChannel {
  return {
    async send({ to, text, template, params, key }) {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token ? { authorization: `Bearer ${token}` } : {}),
        },
        body: JSON.stringify({ to, text, template, params, key }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const answer = await response.text();
      // The gateway's words may quote the number: only its status goes on.
      if (!response.ok) throw new Error(`SMS gateway answered ${response.status}`);
      return { id: idIn(answer) ?? key };
    },
  };
}

function idIn(answer: string): string | null {
  try {
    const parsed: unknown = JSON.parse(answer);
    if (typeof parsed === 'object' && parsed !== null && 'id' in parsed) return String(parsed.id);
  } catch {
    // A gateway may answer in plain text.
  }
  return null;
}
