/** Why a connection does not have a service that the platform has. */
import { EHealthError } from '../errors.js'
import { isProfessionName } from '../technical/actors/index.js'
import { invalidOption } from '../technical/session/options.js'
import { isOfferedService, offers } from './offers.js'
import { businessServiceNames, isOffered } from './services.js'

/**
 * The error for a service that a connection does not have; undefined for a name that is no service of the platform.
 *
 * `service.not-offered` says who may use it (`details.offeredTo`), `service.no-connector` that the profession may, but
 * this library has no connector for it.
 */
export function refusalOf(service: string, profession: string): EHealthError | undefined {
  if (!isOfferedService(service)) return undefined
  const { title, confirmed, inferred } = offers[service]
  const offeredTo: readonly string[] = [...confirmed, ...inferred]
  const details = { service, profession, offeredTo }
  const connectors: readonly string[] = businessServiceNames
  if (isOffered(service, profession) && !connectors.includes(service))
    return new EHealthError('service.no-connector', `this library has no connector for ${title}`, { details })
  const who =
    isProfessionName(profession) && !isOffered(service, profession)
      ? `${title} is not offered to the profession ${profession}`
      : `${title} is not among the services of the profession ${profession}`
  return new EHealthError('service.not-offered', who, {
    details,
    hint: `Offered to: ${offeredTo.join(', ')}. customProfession() gives a service to a profession that this table does not know.`,
  })
}

/** The error for something given as `as` that no profession made: its name, or the function that was not called. */
export function notAProfession(given: unknown): EHealthError {
  const name = typeof given === 'function' ? given.name : given
  const called = typeof name === 'string' && isProfessionName(name) ? name : 'physician'
  return invalidOption(
    'as',
    `expected a profession, for instance ${called}({ ssin, nihii })`,
    'Call the function of ehealth-connectors/professions with the numbers of the caller; professionOf(name, …) where the name is a setting.',
  )
}
