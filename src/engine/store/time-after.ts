/**
 * A time to be kept beside others that are put in order by it, in ISO 8601: now, or the moment after the newest of them
 * where the machine's clock has been set back since. What came later stays later; until the clock has caught up, its
 * time is not to be taken for more than that.
 */
export function timeAfter(newest: string | null | undefined, now = Date.now()): string {
  const before = newest ? Date.parse(newest) : NaN;
  return new Date(Number.isNaN(before) ? now : Math.max(now, before + 1)).toISOString();
}
