/** What all of them came to, when the last has ended: a failure of one leaves none behind at work. Throws the first failure. */
export async function allEnded<Value>(works: readonly Promise<Value>[]): Promise<readonly Value[]> {
  await Promise.allSettled(works);
  return Promise.all(works);
}
