/** Waits until something that happens on the other side of a socket has happened. */
export async function settled(condition: () => boolean): Promise<void> {
  for (let round = 0; round < 500; round++) {
    if (condition()) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('has not come to pass')
}
