/** Does something for each, so many at a time; what fails first is thrown once what began has ended. */
export async function inParallel<T, R>(list: readonly T[], places: number, work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    for (let i = next++; i < list.length; i = next++) results[i] = await work(list[i]!);
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(places, list.length) }, worker));
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
  return results;
}
