/** A declaration that was searched for: what a registration needs, and what only a search gives. */
import { EHealthError } from '../../../errors.js'
import type { DeclaredPerson } from '../contract.js'

/** What the search found: nobody, or people who may be the one. */
export type Found = 'nobody' | 'candidates'

/**
 * A declaration with the knowledge that its person was searched for. It is good for one registration: a class, because
 * nobody else can make one, and because it knows whether it was used. It shows nothing of the person.
 */
export class SearchedDeclaration<What extends Found = Found> {
  readonly #person: DeclaredPerson
  #used = false

  /** @internal */
  constructor(
    person: DeclaredPerson,
    /** What the search found. */
    readonly found: What,
  ) {
    this.#person = person
  }

  /** The declaration, from now on used. @internal */
  static take(given: unknown): { person: DeclaredPerson; found: Found } {
    if (typeof given !== 'object' || given === null || !(#person in given))
      throw new EHealthError('person-registration.not-searched', 'declaration: not the result of a search', {
        path: 'declaration',
      })
    if (given.#used)
      throw new EHealthError('person-registration.used', 'declaration: tried already', {
        path: 'declaration',
      })
    given.#used = true
    return { person: given.#person, found: given.found }
  }

  /** Nothing came of it, for certain: it may be used again. @internal */
  static release(given: SearchedDeclaration): void {
    given.#used = false
  }
}

/** @internal */
export const searched = <What extends Found>(
  person: DeclaredPerson,
  found: What,
): SearchedDeclaration<What> => new SearchedDeclaration(person, found)
