import type { Resolution } from '../matters/resolution.ts';

/** 答复审签: one pass of draft → review → approval. An edit after a decision opens the next round. */
export interface ReplyRound {
  readonly round: number;
  readonly text: string;
  readonly resolution: Resolution;
  readonly draftedBy: string;
  readonly draftedAt: Date;
  readonly submittedAt: Date | null;
  readonly decision: {
    readonly by: string;
    readonly isApproved: boolean;
    readonly comment: string;
    readonly at: Date;
  } | null;
}

/** The round a new draft belongs to: one's own open one is rewritten; a decided one, or another's, is left as it is. */
export function withDraft(
  rounds: readonly ReplyRound[],
  draft: { text: string; resolution: Resolution; by: string; at: Date },
): ReplyRound[] {
  const open = rounds.at(-1);
  const isOpen =
    open !== undefined && open.decision === null && open.submittedAt === null && open.draftedBy === draft.by;
  const next: ReplyRound = {
    round: isOpen ? open.round : rounds.length + 1,
    text: draft.text,
    resolution: draft.resolution,
    draftedBy: draft.by,
    draftedAt: draft.at,
    submittedAt: null,
    decision: null,
  };
  return [...(isOpen ? rounds.slice(0, -1) : rounds), next];
}

export function withLastRound(rounds: readonly ReplyRound[], patch: Partial<ReplyRound>): ReplyRound[] {
  const last = rounds.at(-1);
  return last ? [...rounds.slice(0, -1), { ...last, ...patch }] : [];
}

/** Whether a person's words are in what is up for approval: in the last round, or in undecided ones it was made from. */
export const hasDrafted = (rounds: readonly ReplyRound[], person: string): boolean =>
  rounds.some((round) => round.decision === null && round.draftedBy === person);
