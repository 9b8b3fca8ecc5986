/** The archive of stamped documents (spec timestamp §7). */
import {
  timestampOperations,
  type TimeStampIdentification,
  type TSConsultRequest,
  type TSConsultResponse,
  type TSConsultTSBagRequest,
  type TSConsultTSBagResponse,
} from '../../../technical/timestamp/contract.js'
import { simulate, type Caller, type SimulatedCall, type SimulatedService } from '../../service.js'
import type { World } from '../../world.js'
import { ownerOf, success } from './authority.js'
import type { TimestampServiceOptions } from './options.js'
import { documentsOf, type ArchivedDocument } from './store.js'

/** Errors of the archive; the platform's own values are not known (inferred). */
const errors = {
  unknownHospital: { Type: 'UNKNOWN_HOSPITAL', Number: 1 },
  notYours: { Type: 'NOT_AUTHORISED', Number: 2 },
  badPeriod: { Type: 'INVALID_PERIOD', Number: 3 },
} as const

type ArchiveError = NonNullable<TSConsultResponse['Error']>

/** The service; any action will do, since none is known. */
export const consultService = (options: TimestampServiceOptions): SimulatedService => ({
  service: 'timestampConsult',
  anyAction: true,
  operations: [
    simulate(timestampOperations.getTimestamp, { answer: (call) => ({ value: get(call, options) }) }),
    simulate(timestampOperations.checkCompleteness, { answer: (call) => ({ value: check(call, options) }) }),
  ],
})

function get(
  call: SimulatedCall<TSConsultTSBagRequest>,
  options: TimestampServiceOptions,
): TSConsultTSBagResponse {
  const { request, world, caller } = call
  const error = scripted(call) ?? errorOf(request.IDHospital, caller, world, options)
  if (error !== undefined) return { Error: error, TSBag: [] }
  const own = documentsOf(world).filter(({ owner }) => owner === ownerOf(caller))
  return {
    // What is not known is left out (inferred).
    TSBag: request.TSList.flatMap((asked) =>
      own.filter((document) => isNamed(document, asked)).slice(0, 1),
    ).map(({ base64, token, profile, requestId }) => ({
      TSBagValue: base64,
      SignResponse: success(requestId === undefined ? {} : { RequestID: requestId }, profile, token),
    })),
  }
}

function check(call: SimulatedCall<TSConsultRequest>, options: TimestampServiceOptions): TSConsultResponse {
  const { request, world, caller } = call
  const { Start, End } = request.Period
  const error =
    scripted(call) ??
    errorOf(request.IDHospital, caller, world, options) ??
    (Start > End ? errors.badPeriod : undefined)
  if (error !== undefined) return { Status: 'ERROR', Error: error, TSList: [] }
  const own = documentsOf(world).filter(({ owner }) => owner === ownerOf(caller))
  const named = own.filter((document) => request.TSList.some((asked) => isNamed(document, asked)))
  const covered = new Set(named.map(({ sha256 }) => sha256))
  const missing = own.filter(
    ({ genTimeMs, sha256 }) => genTimeMs >= Start && genTimeMs <= End && !covered.has(sha256),
  )
  return {
    Status: missing.length === 0 ? 'OK' : 'INCOMPLETE',
    TSList: missing.map(({ serial, genTimeMs }) => ({ sequenceNumber: serial, dateTime: genTimeMs })),
  }
}

const isNamed = (
  { serial, genTimeMs }: ArchivedDocument,
  { sequenceNumber, dateTime }: TimeStampIdentification,
): boolean => serial === sequenceNumber && genTimeMs === dateTime

function scripted({ trouble }: SimulatedCall<unknown>): ArchiveError | undefined {
  if (trouble?.kind !== 'archive-error') return undefined
  return { Type: trouble.type ?? 'TECHNICAL_ERROR', Number: trouble.number ?? 99 }
}

/** The hospital of the request must be that of the certificate (inferred). */
function errorOf(
  hospital: string,
  caller: Caller,
  world: World,
  { hospitals = {} }: TimestampServiceOptions,
): ArchiveError | undefined {
  const owner = ownerOf(caller)
  const given = hospitals[hospital]
  if (given !== undefined) return `${given.type}=${given.value}` === owner ? undefined : errors.notYours
  if (hospital === hospitalOf(owner, world)) return undefined
  return /^tsa_\d+_\d\d$/.test(hospital) ? errors.notYours : errors.unknownHospital
}

/** The form of the only identifier that was seen, with the number that the certificate or the register gives (inferred). */
export function hospitalOf(owner: string, world: World): string {
  const [type = '', value = ''] = owner.split('=')
  return `tsa_${world.findActor(type, value)?.cbe ?? value}_01`
}
