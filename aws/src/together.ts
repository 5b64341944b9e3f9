/** Waits for all of them, also when one fails, so that nothing goes on unseen. @throws what the first to fail threw */
export async function together<T>(promises: Promise<T>[]): Promise<T[]> {
  const results = await Promise.allSettled(promises);
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}
