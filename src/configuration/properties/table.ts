/** The properties of the official connector in one table, and the row of a name. */
import { serviceNames, services } from '../../technical/environment/services.js'
import { businessProperties } from './business.js'
import { connectionProperties } from './connection.js'
import { mapped, type OfficialProperty } from './description.js'
import { machineryProperties } from './machinery.js'

/** Endpoints: a property may stand for several services, and a service may have several. */
const endpointProperties: readonly OfficialProperty[] = [
  ...new Set(serviceNames.flatMap((name) => services[name].properties ?? [])),
].flatMap((property) => {
  const named = servicesOf(property)
  return mapped("an address that differs from the platform's own", [property], {
    setting: named.map((name) => `endpoints.${name}`).join(', '),
    translation: 'endpoint',
    source: services[named[0]!].source,
  })
})

/** Every property that the specification names. */
export const officialProperties: readonly OfficialProperty[] = [
  ...connectionProperties,
  ...endpointProperties,
  ...machineryProperties,
  ...businessProperties,
]

/** The services whose address a property gives. */
export function servicesOf(property: string): (typeof serviceNames)[number][] {
  return serviceNames.filter((name) => services[name].properties?.includes(property) === true)
}

const isPattern = (name: string): boolean => name.includes('*') || name.endsWith('.N')

const exact = new Map(
  officialProperties
    .filter(({ name }) => !isPattern(name))
    .flatMap((row) => [
      [row.name, row] as const,
      ...(row.duration === true
        ? ['.duration', '.timeunit'].map((suffix) => [row.name + suffix, row] as const)
        : []),
    ]),
)

const patterns = officialProperties
  .filter(({ name }) => isPattern(name))
  .map((row) => ({ row, expression: expressionOf(row.name) }))

function expressionOf(name: string): RegExp {
  const source = name
    .replace(/\.N$/, '.\u0000')
    .replace(/[.*+?^${}()|[\]\\]/g, (sign) => (sign === '*' ? '.+' : `\\${sign}`))
    .replace('\u0000', '\\d{1,4}')
  return new RegExp(`^${source}$`)
}

/** The row that a property falls under; the one with its very name goes first. */
export function officialPropertyOf(name: string): OfficialProperty | undefined {
  if (name.length > 300) return undefined
  return exact.get(name) ?? patterns.find(({ expression }) => expression.test(name))?.row
}

/** Whether a value may hold a password; the name tells, known or not. */
export function isSecretName(name: string): boolean {
  return officialPropertyOf(name)?.hidden === 'secret' || /pass|pwd|secret|credential/i.test(name)
}
