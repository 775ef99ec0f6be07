export { type Replayed, replayRun } from "./replay.ts"
export type { TrialDifference } from "./run-end.ts"
export { openRunRecords } from "./sqlite-run-records.ts"
export { type Trial, trySource } from "./try-source.ts"
