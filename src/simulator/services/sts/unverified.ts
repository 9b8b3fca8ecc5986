/** Assertions that applicants send along. */
import type { XmlElement } from '../../../technical/xml/tree.js'
import { soaRefusal } from '../../refusal.js'
import { readAssertion, type Assertion } from './assertion.js'

/** @throws Refusal SOA-03007 for one that cannot be read */
export function unverified(element: XmlElement): Assertion {
  try {
    return readAssertion(element)
  } catch (error) {
    throw soaRefusal('SOA-03007', 'the assertion cannot be read', error)
  }
}
