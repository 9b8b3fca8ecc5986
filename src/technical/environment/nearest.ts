/** What somebody who made a typing error probably meant. */

/** The name of the list that is nearest to `name`, when it is near enough to be meant. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  if (name.length > 100) return undefined
  const plain = plainly(name)
  let best: { name: string; distance: number } | undefined
  for (const candidate of names) {
    const distance = distanceOf(plain, plainly(candidate))
    if (best === undefined || distance < best.distance) best = { name: candidate, distance }
  }
  return best !== undefined && best.distance <= Math.max(1, Math.floor(plain.length / 4))
    ? best.name
    : undefined
}

/** Case and separators are what people confuse most. */
const plainly = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')

/** Insertions, deletions, replacements and swapped neighbours (optimal string alignment). */
function distanceOf(a: string, b: string): number {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      next[j] = Math.min(
        row[j]! + 1,
        next[j - 1]! + 1,
        row[j - 1]! + (same ? 0 : 1),
        swapped ? before[j - 2]! + 1 : Infinity,
      )
    }
    before = row
    row = next
  }
  return row[b.length]!
}
