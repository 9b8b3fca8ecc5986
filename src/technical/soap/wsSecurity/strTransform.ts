/** The STR-Transform: signs the token that a SecurityTokenReference names (WSS SOAP Message Security 1.0 §8.3). */
import { EHealthError } from '../../../errors.js'
import { canonicalize, exclusiveCanonicalization } from '../../xml/canonicalize.js'
import {
  dsNamespace,
  prefixList,
  type ParsedTransform,
  type TransformStep,
} from '../../xml/signature/index.js'
import { attribute, childElements, isElement, type XmlElement } from '../../xml/tree.js'
import { wsseNamespace } from '../namespaces.js'
import { tokenReferredTo } from './header.js'

const ecNamespace = exclusiveCanonicalization

/** The transform over the tokens of one message. The element that it covers is the token. */
export function strStep(ids: ReadonlyMap<string, XmlElement>): TransformStep {
  return (state, transform) => {
    if (state.octets !== undefined || state.excluded.length > 0)
      throw new EHealthError('signature.structure', 'STR-Transform is not the first transform')
    const element = tokenReferredTo(state.element, ids)
    const canonical = canonicalize(element, { inclusivePrefixes: prefixesOf(transform) })
    return { ...state, element, octets: withDefaultNamespace(canonical) }
  }
}

/** A token without default namespace is digested with an empty one declared. */
function withDefaultNamespace(canonical: string): string {
  const startTag = canonical.slice(0, canonical.indexOf('>'))
  return / xmlns="/.test(startTag) ? canonical : canonical.replace(/^<[^\s>]+/, '$& xmlns=""')
}

function prefixesOf({ parameters, inclusivePrefixes }: ParsedTransform): string[] {
  const [parameter, ...others] = parameters
  const [method, ...more] = parameter === undefined ? [] : childElements(parameter)
  const known =
    isElement(parameter, wsseNamespace, 'TransformationParameters') &&
    isElement(method, dsNamespace, 'CanonicalizationMethod') &&
    attribute(method, 'Algorithm') === exclusiveCanonicalization
  if (!known || others.length > 0 || more.length > 0 || inclusivePrefixes.length > 0)
    throw new EHealthError('signature.algorithm', 'STR-Transform with unknown parameters')
  const [list, ...rest] = childElements(method)
  if (list === undefined) return []
  if (!isElement(list, ecNamespace, 'InclusiveNamespaces') || rest.length > 0)
    throw new EHealthError('signature.algorithm', 'STR-Transform with unknown parameters')
  return prefixList(list)
}
