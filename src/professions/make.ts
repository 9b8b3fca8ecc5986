/** From a row of the tables to a caller: the one place that knows how (spec sts-iam §3). */
import {
  professions,
  type AttributeData,
  type NumberName,
  type ProfessionName,
  type When,
} from '../technical/actors/index.js'
import { invalidOption, refuseUnknownOptions } from '../technical/session/options.js'
import { attributeNamespaces, type SamlAttribute } from '../technical/sts/claims.js'
import { checkNumbers, type CheckedNumbers, type GivenNumbers } from './numbers.js'
import { servicesOf, type ServicesOf } from './services.js'
import type { Profession, ProfessionOptions } from './types.js'

/** Options of any profession, as its row has them. */
export type GivenOptions = ProfessionOptions & GivenNumbers

/**
 * Makes the caller of a row.
 *
 * @throws EHealthError `identifier.*` with the path of the number; `configuration.invalid` for an unknown option or a
 * correction of a name that the profession does not ask for
 */
export function makeProfession<Name extends ProfessionName>(
  name: Name,
  options: GivenOptions,
): Profession<ServicesOf<Name>> {
  const data = professions[name]
  refuseUnknownOptions(options, [...Object.keys(data.numbers), 'attributes', 'names'], 'as')
  const numbers = checkNumbers(data, options)
  const asked = corrected(data.attributes, options.names ?? {}).filter(({ sent }) => holds(sent, numbers))
  const { ssin, nihii, cbe, ehp } = numbers
  return {
    profession: name,
    quality: data.quality ?? '',
    ...(data.kmehr === undefined ? {} : { kmehr: data.kmehr }),
    certificateType: data.certificateType,
    services: servicesOf(name),
    attributes: [
      ...asked.map((attribute) => samlAttribute(attribute, numbers)),
      ...(options.attributes ?? []),
    ],
    demanded: asked
      .filter(({ demanded }) => demanded !== undefined && holds(demanded, numbers))
      .map((attribute) => attribute.name),
    ...(ssin === undefined ? {} : { ssin }),
    ...(nihii === undefined ? {} : { nihii }),
    ...(cbe === undefined ? {} : { cbe }),
    ...(ehp === undefined ? {} : { ehp }),
  }
}

const holds = (when: When | undefined, numbers: CheckedNumbers): boolean =>
  when === undefined || when === 'always' || numbers[when.slice('with-'.length) as NumberName] !== undefined

function samlAttribute({ name, namespace, value }: AttributeData, numbers: CheckedNumbers): SamlAttribute {
  const sent = typeof value === 'object' ? value.text : value === undefined ? undefined : numbers[value]
  return {
    name,
    namespace: attributeNamespaces[namespace],
    ...(sent === undefined ? {} : { values: [sent] }),
  }
}

/** The attributes under their right names, without those that are to be left out. */
function corrected(
  attributes: readonly AttributeData[],
  names: Readonly<Record<string, string | false>>,
): readonly AttributeData[] {
  const correctable = attributes.filter(({ namespace }) => namespace === 'certified')
  for (const [name, right] of Object.entries(names)) {
    if (!correctable.some((attribute) => attribute.name === name))
      throw invalidOption('as.names', 'the profession asks for no such attribute: see docs/professions.md')
    if (right !== false && (typeof right !== 'string' || !right.startsWith('urn:')))
      throw invalidOption('as.names', 'expected the name of an attribute, or false to leave it out')
  }
  return attributes.flatMap((attribute) => {
    const right = Object.hasOwn(names, attribute.name) ? names[attribute.name]! : attribute.name
    return right === false ? [] : [{ ...attribute, name: right }]
  })
}
