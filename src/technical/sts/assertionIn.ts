/** The one assertion of an answer, cut out as it stands (spec sts-iam §1.5). */
import { EHealthError } from '../../errors.js'
import type { CallResult } from '../soap/types.js'
import { rawElement } from '../xml/parse.js'
import { descendants, isElement } from '../xml/tree.js'
import { namespaces } from './contract.js'

/**
 * The assertion under the parent that the protocol names. A second one anywhere in the answer would be a choice that
 * nobody signed.
 *
 * @throws EHealthError `token.count`
 */
export function assertionIn(
  { element: answer, meta }: Pick<CallResult<unknown>, 'element' | 'meta'>,
  expected: { namespace: string; local: string },
): string {
  const [assertion, ...others] = [...descendants(answer)].filter((each) =>
    isElement(each, namespaces.assertion, 'Assertion'),
  )
  if (assertion === undefined) throw wrongCount('the answer of the STS holds no assertion')
  if (others.length > 0) throw wrongCount('the answer of the STS holds more than one assertion')
  if (!isElement(assertion.parent, expected.namespace, expected.local))
    throw wrongCount('the assertion stands elsewhere than the protocol says')
  let root = answer
  while (root.parent !== undefined) root = root.parent
  return rawElement({ root, source: meta.raw.response }, assertion, 'mentioned')
}

export function wrongCount(problem: string, cause?: unknown): EHealthError {
  return new EHealthError('token.count', problem, { cause })
}
