/** Who may ask the registers of persons, and for which data (spec rn-consult §3). */
import type { Caller } from '../../service.js'
import { businessRefusal, soaRefusal } from '../../refusal.js'
import { settingsOf, type DataGroup } from '../../register/index.js'
import type { World } from '../../world.js'

/** Those for whom there is a general deliberation, and general practitioners. */
const authorisedProfessions: readonly string[] = [
  'physician',
  'hospital',
  'laboratory',
  'retirementHome',
  'psychiatricHouse',
  'protectedAccommodation',
]

/**
 * Whoever the register of the simulator knows must have one of those professions; others were given an authorisation of
 * their own.
 *
 * @throws Refusal SOA-01002
 */
export function authoriseRegisters({ actor }: Caller): void {
  if (actor === undefined || actor.standing === 'unknown' || actor.standing === 'not-recognised')
    throw soaRefusal('SOA-01002')
  if (!authorisedProfessions.includes(actor.profession)) throw soaRefusal('SOA-01002')
  if (actor.profession === 'physician' && !isGeneralPractitioner(actor.nihii)) throw soaRefusal('SOA-01002')
}

/** (inferred) Opened to general practitioners first: qualifications 000 to 009 (spec identifiers §3.3). */
const isGeneralPractitioner = (nihii = ''): boolean => /^\d{8}00\d$/.test(nihii)

/** What software of general practitioners sends; of no worth to anybody else. */
const ofPhysicians = '0'

/**
 * The groups of data that an Application ID opens; `undefined` where it was given to nobody, or to others.
 *
 * @throws Refusal where the simulator was told to answer that with a fault
 */
export function groupsFor(
  applicationId: string,
  { actor }: Caller,
  world: World,
): readonly DataGroup[] | undefined {
  const { applications, unknownApplication } = settingsOf(world)
  const own = Object.hasOwn(applications, applicationId) ? applications[applicationId] : undefined
  const groups = applicationId === ofPhysicians && actor?.profession !== 'physician' ? undefined : own
  if (groups === undefined && unknownApplication === 'fault')
    throw businessRefusal('RN-APPLICATION', 'the Application ID is not known')
  return groups
}
