/** Who calls, by the name of a profession and the numbers that the settings or the keystore give. */
import {
  isProfessionName,
  professionNames,
  professionOf,
  professions,
  type NamedProfessionOptions,
  type NumberName,
  type Profession,
  type ProfessionData,
} from '../professions/index.js'
import type { Identity } from '../technical/keystore/index.js'
import { configurationError } from './faults.js'

/** The numbers and the quality of a caller, as settings name them. */
export type CallerSettings = Pick<NamedProfessionOptions, NumberName | 'quality'>

/** The profession of a code of the list CD-HCPARTY, for instance `persphysician`. */
export function professionOfKmehr(code: string): string | undefined {
  return professionNames.find((name) => professions[name].kmehr === code)
}

/** Whether the numbers suffice, or the keystore must be asked for one. */
export function needsIdentity(profession: string, numbers: CallerSettings): boolean {
  if (!isProfessionName(profession)) return true
  const data = professions[profession]
  const own = ownNumberOf(data)
  return data.numbers[own] !== undefined && numbers[own] === undefined
}

/** The number that the certificate of such a caller holds. */
function ownNumberOf({ certificateType }: ProfessionData): NumberName {
  const family = certificateType.split('-', 1)[0]
  return family === 'SSIN' ? 'ssin' : family === 'CBE' ? 'cbe' : family === 'EHP' ? 'ehp' : 'nihii'
}

/**
 * The caller. A number that is not given is the one of the keystore, where that is of the caller's kind.
 *
 * @throws EHealthError `configuration.invalid` with the path of the number that is missing; `identifier.*`
 */
export function callerOf(profession: string, numbers: CallerSettings, identity?: Identity): Profession {
  if (!isProfessionName(profession))
    throw configurationError([
      { path: 'as.profession', problem: 'unknown profession', hint: `One of ${professionNames.join(', ')}.` },
    ])
  const data = professions[profession]
  const own = ownNumberOf(data)
  const found = identity?.type === data.certificateType ? { [own]: identity.value } : {}
  // Settings may serve several callers: what is not for this one is left alone.
  const taken = Object.entries({ ...found, ...numbers }).filter(
    ([name]) => name in data.numbers || (name === 'quality' && profession === 'careProfessional'),
  )
  const given: CallerSettings = Object.fromEntries(taken)
  const missing = (path: string): never => {
    throw configurationError([
      {
        path,
        problem:
          identity === undefined
            ? 'missing'
            : `missing: the keystore is that of a ${identity.type}, not of a ${profession}`,
        hint: 'Give the number, or the keystore of the caller.',
      },
    ])
  }
  for (const [name, rule] of Object.entries(data.numbers))
    if (rule === 'required' && given[name as NumberName] === undefined) return missing(`as.${name}`)
  return professionOf(profession, given)
}
