/** The register of care providers at the insurers (spec memberdata-mycarenet §4). */
import { createHash } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'

import type { SendRequestV2, SendResponseV2 } from '../../../business/mycarenet/contract.js'
import {
  registrationOperations,
  Registrations,
  RegistrationsAnswer,
} from '../../../business/registration/contract.js'
import { EHealthError } from '../../../errors.js'
import { parseXml, read, write } from '../../../technical/xml/index.js'
import { businessRefusal } from '../../refusal.js'
import { simulate, type SimulatedCall, type SimulatedService } from '../../service.js'
import type { InsurersKeys } from '../genericAsync/types.js'
import { registrationKey, registrationsOf, saveRegistrations } from './state.js'

const ofProvider = 'registrant/CareProvider/Nihii/Value'

/** Why an insurer refuses. 168 stands in a sample; what the other codes that were seen mean is not documented (inferred). */
const reasons = {
  registered: { code: '168', text: 'already registered for this service', at: ofProvider },
  otherProvider: { code: '100', text: 'the registrant is not the sender', at: ofProvider },
  service: { code: '111', text: 'unknown service', at: 'registration/@serviceName' },
  account: { code: '130', text: 'a bank account is needed', at: 'registration/bankAccount' },
} as const

export const createRegistrationService = (keys: Pick<InsurersKeys, 'sign'>): SimulatedService => ({
  service: 'registration',
  operations: [
    simulate(registrationOperations.register, {
      answer: async (call) => ({ value: await answer(call, keys) }),
    }),
  ],
})

async function answer(
  call: SimulatedCall<SendRequestV2>,
  keys: Pick<InsurersKeys, 'sign'>,
): Promise<SendResponseV2> {
  const { request, world, now } = call
  const { CommonInput, Routing, Detail, Xades } = request
  const insurer = Routing?.CareReceiver.Mutuality ?? ''
  if (!/^([1-6]|9)00$/.test(insurer)) throw businessRefusal('INVALID_ROUTING', 'Routing names no insurer')
  if (Xades === undefined) throw businessRefusal('MISSING_XADES', 'The content is not signed')
  const asked = contentOf(Detail)
  const content = Buffer.from(write(RegistrationsAnswer, await judged(asked, insurer, call)).xml, 'utf8')
  const id = `_${world.runtime.uuid()}`
  const contentType = 'text/xml'
  const signature = await keys.sign({ id, contentType, contentEncoding: 'none', packed: content }, world)
  return {
    Return: {
      CommonOutput: {
        ...(CommonInput.InputReference === undefined ? {} : { InputReference: CommonInput.InputReference }),
        NIPReference: world.runtime.uuid(),
        OutputReference: world.runtime.uuid(),
      },
      Detail: {
        value: content,
        ContentType: contentType,
        ContentEncoding: 'none',
        HashValue: createHash('sha256').update(content).digest(),
        Id: id,
      },
      XadesT: { value: signature, contentType },
    },
    Id: `_${world.runtime.uuid()}`,
    ...(request.Id === undefined ? {} : { InResponseTo: request.Id }),
    IssueInstant: now,
  }
}

async function judged(
  { registrant, registration, StartDateTime }: Registrations,
  insurer: string,
  { caller, world }: SimulatedCall<SendRequestV2>,
): Promise<RegistrationsAnswer> {
  const nihii = (registrant.CareProvider.Nihii.Value ?? '').slice(0, 8)
  const service = registration.serviceName
  const registrations = registrationsOf(world)
  const entry = { nihii, insurer, service, startDate: StartDateTime }
  const reason =
    nihii === '' || nihii !== caller.actor?.nihii?.slice(0, 8)
      ? reasons.otherProvider
      : service !== 'GMD'
        ? reasons.service
        : registration.bankAccount === undefined
          ? reasons.account
          : registrations.has(registrationKey(entry))
            ? reasons.registered
            : undefined
  if (reason === undefined) {
    const iban = registration.bankAccount!.iban
    registrations.set(registrationKey(entry), { ...entry, iban })
    await saveRegistrations(world)
    return {
      registrant,
      registrationAnswer: {
        answerDetails: [],
        serviceName: service,
        status: 'SUCCESS',
        startDate: StartDateTime,
      },
    }
  }
  const detail = {
    DetailCode: reason.code,
    DetailSource: `IO-BE-${insurer}`,
    Location: `/registrations/${reason.at}`,
    Message: { value: reason.text, lang: 'en' },
  }
  return {
    registrant,
    registrationAnswer: { answerDetails: [detail], serviceName: service, status: 'ERROR' },
  }
}

/** @throws Refusal for content that is none: the code is the chapter's, that it goes with this is inferred */
function contentOf({ value, ContentEncoding = 'deflate' }: SendRequestV2['Detail']): Registrations {
  try {
    const clear = ContentEncoding === 'deflate' ? inflateRawSync(value) : value
    return read(Registrations, parseXml(clear).root, { strict: true })
  } catch (error) {
    const problem = error instanceof EHealthError ? error.message : 'it cannot be inflated'
    throw businessRefusal('INVALID_DETAIL_REQUEST', `Detail: ${problem}`)
  }
}
