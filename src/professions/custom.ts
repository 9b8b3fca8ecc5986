/** Whoever is not in the tables. */
import { invalidOption, refuseUnknownOptions } from '../technical/session/options.js'
import type { SamlAttribute } from '../technical/sts/claims.js'
import { checkNumbers } from './numbers.js'
import { businessServiceNames, type BusinessServiceName } from './services.js'
import type { Profession } from './types.js'

/** Options of {@link customProfession}. */
export interface CustomProfessionOptions<Services extends BusinessServiceName> {
  /** What he is called, for instance in events. */
  profession: string
  /** The services that the connection shall have; none by default. */
  services?: readonly Services[]
  /** What the STS is asked for: with values asserted, without asked for. */
  attributes: readonly SamlAttribute[]
  /** Names among them that must come back granted. */
  demanded?: readonly string[]
  /** Quality of the eHealthBox. */
  quality?: string
  /** Code of the KMEHR list CD-HCPARTY. */
  kmehr?: string
  /** Type of his certificate, for instance `NIHII-HOSPITAL`; `SSIN` by default. */
  certificateType?: string
  ssin?: string
  nihii?: string
  cbe?: string
  ehp?: string
}

const optional = ['quality', 'kmehr'] as const
const numbers = { ssin: 'optional', nihii: 'optional', cbe: 'optional', ehp: 'optional' } as const

/**
 * A caller of one's own making: a profession that the tables do not have, or one whose services they have wrong.
 *
 * @throws EHealthError `identifier.*` with the path of the number; `configuration.invalid` for an unknown option or
 * service, or something demanded that is not asked for.
 *
 * @example
 * ```ts
 * import { customProfession } from 'ehealth-connectors/professions'
 *
 * const as = customProfession({
 *   profession: 'osteopath',
 *   ssin: '90010199794',
 *   services: ['ehbox'],
 *   attributes: [
 *     { name: 'urn:be:fgov:person:ssin', namespace: 'urn:be:fgov:identification-namespace', values: ['90010199794'] },
 *     { name: 'urn:example:osteopath:boolean', namespace: 'urn:be:fgov:certified-namespace:ehealth' },
 *   ],
 *   demanded: ['urn:example:osteopath:boolean'],
 * })
 * ```
 */
export function customProfession<const Services extends BusinessServiceName = never>(
  options: CustomProfessionOptions<Services>,
): Profession<Services> {
  refuseUnknownOptions(
    options,
    [
      'profession',
      'services',
      'attributes',
      'demanded',
      'certificateType',
      ...optional,
      ...Object.keys(numbers),
    ],
    'as',
  )
  const { profession, services = [], attributes, demanded = [], certificateType = 'SSIN' } = options
  for (const name of ['profession', 'certificateType', ...optional] as const)
    if (options[name] !== undefined && (typeof options[name] !== 'string' || options[name] === ''))
      throw invalidOption(`as.${name}`, 'expected text')
  if (profession === undefined) throw invalidOption('as.profession', 'missing')
  if (!isList(attributes)) throw invalidOption('as.attributes', 'expected a list')
  for (const [index, name] of services.entries())
    if (!businessServiceNames.includes(name))
      throw invalidOption(
        `as.services[${index}]`,
        'no such service',
        `Known here: ${businessServiceNames.join(', ')}.`,
      )
  for (const [index, name] of demanded.entries())
    if (!attributes.some((attribute) => attribute.name === name))
      throw invalidOption(`as.demanded[${index}]`, 'is not among the attributes')
  const kind = /^(SSIN|NIHII|NIHII11)$/.test(certificateType) ? 'person' : 'organisation'
  const checked = checkNumbers({ title: profession, kind, certificateType, numbers, attributes: [] }, options)
  return {
    profession,
    quality: options.quality ?? '',
    ...(options.kmehr === undefined ? {} : { kmehr: options.kmehr }),
    certificateType,
    services,
    attributes,
    demanded,
    ...checked,
  }
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)
