/** Who calls, by the name of a profession and the numbers that the settings or the keystore give. */
import {
  hospital,
  hospitalData,
  nurse,
  nurseData,
  physician,
  physicianData,
  type Profession,
  type ProfessionData,
} from '../professions/index.js'
import type { Identity } from '../technical/keystore/index.js'
import { configurationError } from './faults.js'

interface Numbers {
  ssin?: string
  nihii?: string
}

interface Entry {
  readonly data: ProfessionData
  /** `person`: has an SSIN; `organisation`: has a NIHII number only. */
  readonly kind: 'person' | 'organisation'
  readonly make: (numbers: { ssin: string; nihii: string; optional: { nihii?: string } }) => Profession
}

const professions: Readonly<Record<string, Entry>> = {
  physician: { data: physicianData, kind: 'person', make: ({ ssin, nihii }) => physician({ ssin, nihii }) },
  nurse: { data: nurseData, kind: 'person', make: ({ ssin, optional }) => nurse({ ssin, ...optional }) },
  hospital: { data: hospitalData, kind: 'organisation', make: ({ nihii }) => hospital({ nihii }) },
}

/** The professions that a configuration may name. */
export const professionNames = Object.keys(professions)

/** The profession of a code of the list CD-HCPARTY, for instance `persphysician`. */
export function professionOfKmehr(code: string): string | undefined {
  return professionNames.find((name) => professions[name]!.data.kmehr === code)
}

/** Whether the numbers suffice, or the keystore must be asked for one. */
export function needsIdentity(profession: string, { ssin, nihii }: Numbers): boolean {
  return professions[profession]?.kind === 'organisation' ? nihii === undefined : ssin === undefined
}

/**
 * The caller. A number that is not given is the one of the keystore, where that is of the caller's kind.
 *
 * @throws EHealthError `configuration.invalid` with the path of the number that is missing; `identifier.*`
 */
export function callerOf(profession: string, numbers: Numbers, identity?: Identity): Profession {
  const entry = professions[profession]
  if (entry === undefined)
    throw configurationError([
      { path: 'as.profession', problem: 'unknown profession', hint: `One of ${professionNames.join(', ')}.` },
    ])
  const own = (type: string): string | undefined => (identity?.type === type ? identity.value : undefined)
  const ssin = numbers.ssin ?? own('SSIN')
  const nihii = numbers.nihii ?? (entry.kind === 'organisation' ? own(entry.data.certificateType) : undefined)
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
  if (entry.kind === 'person' && ssin === undefined) return missing('as.ssin')
  if (entry.data.nihii === 'required' && nihii === undefined) return missing('as.nihii')
  return entry.make({ ssin: ssin ?? '', nihii: nihii ?? '', optional: nihii === undefined ? {} : { nihii } })
}
