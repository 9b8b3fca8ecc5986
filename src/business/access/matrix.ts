/** The access matrix: which role may read which type of document (spec consent-therlink-hub §8.1 rule 5). */

/**
 * Types of documents by role, `{ persphysician: ['sumehr', 'labresult'] }`. The official matrix is a published table
 * that nobody gives as data: whoever has it, gives it here. A role that is not in it may read nothing.
 */
export type AccessMatrix = Readonly<Record<string, readonly string[]>>

/**
 * The types that may be read; all that were asked for where there is no matrix.
 *
 * @returns `undefined` where no types were asked for
 */
export function permitted(
  documents: readonly string[] | undefined,
  role: string,
  matrix: AccessMatrix | undefined,
): string[] | undefined {
  if (documents === undefined || documents.length === 0) return undefined
  if (matrix === undefined) return [...documents]
  const allowed = Object.hasOwn(matrix, role) ? matrix[role]! : []
  return documents.filter((type) => allowed.includes(type))
}
