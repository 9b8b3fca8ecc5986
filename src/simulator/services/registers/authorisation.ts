/** Who may ask the registers of persons, and for which data (spec rn-consult §3). */
import type { Caller } from '../../service.js'
import { businessRefusal, soaRefusal } from '../../refusal.js'
import { settingsOf, type DataGroup } from '../../register/index.js'
import type { RegisteredActor, World } from '../../world.js'

/** Those for whom there is a general deliberation, and general practitioners; by their qualities (spec ehealthbox §4.2). */
const authorisedQualities: readonly string[] = [
  'DOCTOR',
  'HOSPITAL',
  'LABO',
  'RETIREMENT',
  'PSYCH_HOUSE',
  'PROT_ACC',
]

const isPhysician = ({ qualities }: Pick<RegisteredActor, 'qualities'>): boolean =>
  qualities.includes('DOCTOR')

/**
 * Others were given an authorisation of their own, which this simulator does not know of.
 *
 * @throws Refusal SOA-01002
 */
export function authoriseRegisters({ actor }: Caller): void {
  const standing = actor?.standing ?? 'recognised'
  const allowed = actor?.qualities.some((quality) => authorisedQualities.includes(quality)) === true
  if (actor === undefined || standing !== 'recognised' || !allowed) throw soaRefusal('SOA-01002')
  if (isPhysician(actor) && !isGeneralPractitioner(actor.nihii)) throw soaRefusal('SOA-01002')
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
  const taken = applicationId === ofPhysicians && (actor === undefined || !isPhysician(actor))
  const groups = taken ? undefined : own
  if (groups === undefined && unknownApplication === 'fault')
    throw businessRefusal('RN-APPLICATION', 'the Application ID is not known')
  return groups
}
