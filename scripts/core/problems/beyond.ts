/** What one list has beyond another, counted: of three that are alike, two of which were there, one is new. */
export function beyond<One>(before: readonly One[], after: readonly One[], keyOf: (one: One) => string): One[] {
  const left = new Map<string, number>();
  for (const one of before) left.set(keyOf(one), (left.get(keyOf(one)) ?? 0) + 1);
  return after.filter((one) => {
    const known = left.get(keyOf(one)) ?? 0;
    left.set(keyOf(one), known - 1);
    return known <= 0;
  });
}
