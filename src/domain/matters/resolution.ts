/** 办理结果: what came of it. Never the same as the state. */
export const RESOLUTIONS = [
  'solved',
  'partly',
  'planned',
  'explained',
  'refused',
  'withdrawn',
  'passedOn',
] as const;
export type Resolution = (typeof RESOLUTIONS)[number];
