/** What every reply of ConsultRN v1 begins with, and how a question is refused (spec rn-consult §9, §12). */
import type { Asking, ErrorInformation, Replying } from '../../../business/rnConsultV1/contract.js'
import { isSsin } from '../../../technical/identifiers/index.js'
import { successCodes } from '../../../technical/soap/status.js'
import { peopleOf, type RegisterPerson } from '../../register/index.js'
import { settingsOf } from '../../register/settings.js'
import type { SimulatedAnswer, SimulatedCall } from '../../service.js'

/** All codes but that of success are (inferred): none is published, and the samples mark theirs as synthetic. */
const refusedCode = '300'
const errorCodes = {
  tooMany: 'E00001',
  ssin: 'E00002',
  name: 'E00003',
  tolerance: 'E00004',
  application: 'E00005',
  inscription: 'E00006',
  notBis: 'E00007',
  data: 'E00008',
} as const

/** Thrown by a handler: becomes a reply with a status that is no success. */
export class V1Refusal extends Error {
  override readonly name = 'V1Refusal'
  constructor(
    readonly reason: keyof typeof errorCodes,
    message: string,
    readonly field?: { readonly name: string; readonly value: string },
  ) {
    super(message)
  }
}

export const succeeded = (): Pick<Replying, 'Status' | 'ErrorInformation'> => ({
  Status: { Code: successCodes['commons-1_0'][0]!, Message: [{ Lang: 'EN', value: 'Success' }] },
  ErrorInformation: [],
})

/**
 * Runs a handler; what it refuses is answered with a status and nothing else.
 *
 * @param nothing what a reply has even when it says nothing: its empty lists
 */
export const replying =
  <Request, Reply extends Replying>(
    handler: (
      call: SimulatedCall<Request>,
    ) => Omit<Reply, keyof Replying> | Promise<Omit<Reply, keyof Replying>>,
    nothing: object = {},
  ) =>
  async (call: SimulatedCall<Request>): Promise<SimulatedAnswer<Reply>> => {
    const Id = `_${call.world.runtime.uuid()}`
    try {
      assertApplication(call)
      return { value: { Id, ...succeeded(), ...(await handler(call)) } as unknown as Reply }
    } catch (error) {
      if (!(error instanceof V1Refusal)) throw error
      return { value: { Id, ...refused(error), ...nothing } as unknown as Reply }
    }
  }

function refused({ reason, message, field }: V1Refusal): Pick<Replying, 'Status' | 'ErrorInformation'> {
  const information: ErrorInformation = {
    Code: errorCodes[reason],
    Description: message,
    Information: field === undefined ? [] : [{ FieldName: field.name, FieldValue: field.value }],
  }
  return {
    Status: { Code: refusedCode, Message: [{ Lang: 'EN', value: 'Business error' }] },
    ErrorInformation: [information],
  }
}

function assertApplication({ request, world }: SimulatedCall<unknown>): void {
  const { ApplicationID } = request as Partial<Asking>
  if (ApplicationID !== undefined && !Object.hasOwn(settingsOf(world).applications, ApplicationID))
    throw new V1Refusal('application', 'Unknown application')
}

/** The person with this number, or with the one that replaced it; undefined where there is nobody. */
export function personWith({ world, now }: SimulatedCall<unknown>, ssin: string): RegisterPerson | undefined {
  if (!isSsin(ssin, { asOf: now })) throw new V1Refusal('ssin', 'Invalid SSIN', { name: 'SSIN', value: ssin })
  return peopleOf(world).find(ssin)?.person
}
