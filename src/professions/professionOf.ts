/** All factories by the name of their profession: for settings, commands and data bases that name one. */
import { isProfessionName, type ProfessionName } from '../technical/actors/index.js'
import { invalidOption } from '../technical/session/options.js'
import { careProfessional } from './citizens.js'
import { hospital } from './hospital.js'
import { makeProfession, type GivenOptions } from './make.js'
import type { BusinessServiceName } from './services.js'
import type { Profession } from './types.js'

/** Options of a profession whose name is known at run time only. */
export interface NamedProfessionOptions extends GivenOptions {
  /** Of a `careProfessional`. */
  quality?: string
  /** Of a `hospital`. */
  user?: Profession
}

/**
 * The caller of a profession by its name, where that comes from settings or a data base.
 *
 * @throws EHealthError `configuration.invalid` for a name that is none; otherwise as the factory of that name
 *
 * @example
 * ```ts
 * import { professionOf } from 'ehealth-connectors/professions'
 *
 * const as = professionOf('midwife', { ssin: '90010199794' })
 * ```
 */
export function professionOf(name: string, options: NamedProfessionOptions): Profession<BusinessServiceName> {
  if (!isProfessionName(name)) throw invalidOption('as.profession', 'there is no such profession')
  const special: { [Name in ProfessionName]?: (options: never) => Profession } = {
    hospital,
    careProfessional,
  }
  return special[name]?.(options as never) ?? makeProfession(name, options)
}
