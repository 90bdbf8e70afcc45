/** Commits and events of a timeline, as tests need them. */
import type { ChangeRecord, TimelineEvent } from '#core/history/timeline.ts';

/** A commit; `time`: seconds since 1970. */
export const record = (commit: string, time: number, more: Partial<ChangeRecord> = {}): ChangeRecord => ({
  commit,
  time,
  approvedBy: [],
  ...more,
});

/** What a commit did, step by step. */
export const event = (commit: string, time: number, ...steps: TimelineEvent['steps']): TimelineEvent => ({
  record: record(commit, time),
  steps,
  effects: [],
  tables: [],
});
