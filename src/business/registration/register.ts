/** Registering a care provider with one insurer (spec memberdata-mycarenet §4). */
import { EHealthError } from '../../errors.js'
import { invalidOption, refuseUnknownOptions } from '../../technical/session/options.js'
import type { CallMeta, CallOptions } from '../../technical/soap/index.js'
import { blobTransforms, signXml } from '../../technical/xades/index.js'
import { parseXml, read, write } from '../../technical/xml/index.js'
import { signedDocument } from '../genericAsync/contract.js'
import {
  blobOf,
  careProviderOf,
  commonInputOf,
  contentOf,
  mycarenetDay,
  routingOf,
  verifyAnswer,
  type BlobSignature,
  type MyCareNetCaller,
  type MyCareNetDay,
} from '../mycarenet/index.js'
import { registrationOperations, Registrations, RegistrationsAnswer } from './contract.js'
import { bankAccountOf, type BankAccount } from './bankAccount.js'

/** What a care provider registers for. */
export interface RegisterOptions extends Pick<CallOptions, 'signal' | 'timeout' | 'traceContext'> {
  /** The insurer, by its number of 3 digits: `100`, `200`, `300`, `400`, `500`, `600`, `900`. One call for each. */
  insurer: string
  /** The service; `GMD` (global medical file) is the only one that is known. */
  service?: string
  /** From which day on; today in Belgium. */
  startDate?: MyCareNetDay
  /** Where the insurer pays. */
  bankAccount?: BankAccount
  /** Reference of the request, 14 to 36 letters and digits; a new one when omitted. */
  reference?: string
}

/** One reason of an insurer, in its own words. Codes seen: 100, 111, 130, 140, 141, 155, 168; no list of them was found. */
export interface RegistrationDetail {
  code: string
  /** For instance `IO-BE-300`. */
  source?: string
  /** Place in the request, as the insurer writes it. */
  location?: string
  message?: { text: string; language?: string }
}

/** What became of a registration. */
export type RegisterOutcome = {
  insurer: string
  service: string
  details: RegistrationDetail[]
  inputReference: string
  /** Verdict about the signature over the answer, where there is one: who answered, and when. */
  signature?: BlobSignature
  /** That signature (XAdES-T), serialised. */
  xades?: Uint8Array
  /** The answer as it was in the blob: what the signature covers. */
  answer: Uint8Array
  meta: CallMeta
} & (
  | {
      outcome: 'registered'
      /** `yyyy-mm-dd`. */
      startDate?: string
      endDate?: string
    }
  | { outcome: 'refused' }
)

const optionNames = [
  'insurer',
  'service',
  'startDate',
  'bankAccount',
  'reference',
  'signal',
  'timeout',
  'traceContext',
]

export async function register(caller: MyCareNetCaller, options: RegisterOptions): Promise<RegisterOutcome> {
  refuseUnknownOptions(options, optionNames)
  const { insurer, service = 'GMD', startDate, bankAccount, reference } = options
  const { session } = caller
  const now = session.runtime.now()
  if (typeof insurer !== 'string' || !/^([1-6]|9)00$/.test(insurer))
    throw invalidOption('insurer', 'expected the 3 digits of an insurer, for instance 300')
  if (typeof service !== 'string' || service === '') throw invalidOption('service', 'expected a name')
  const StartDateTime = mycarenetDay(startDate ?? now, 'startDate')
  const account = bankAccount === undefined ? undefined : bankAccountOf(bankAccount)
  const careProvider = await careProviderOf(caller)
  const CommonInput = await commonInputOf(caller, {
    service: 'REG',
    careProvider,
    ...(reference === undefined ? {} : { reference }),
  })
  const content = write(Registrations, {
    registrant: { CareProvider: { Nihii: careProvider.element.Nihii } },
    registration: { serviceName: service, ...(account === undefined ? {} : { bankAccount: account }) },
    StartDateTime,
  })
  const blob = blobOf(Buffer.from(content.xml, 'utf8'), { id: `_${session.runtime.uuid()}` })
  const { signal, timeout, traceContext } = options
  const { value, meta, element } = await session.call(
    registrationOperations.register,
    {
      CommonInput,
      Routing: routingOf({ mutuality: insurer }, {}, now),
      Detail: blob,
      Xades: { value: await signatureOf(caller, blob.Id!, blob.value), contentType: 'text/xml' },
      Id: `ID_${session.runtime.uuid()}`,
      IssueInstant: now,
    },
    {
      ...(signal === undefined ? {} : { signal }),
      ...(timeout === undefined ? {} : { timeout }),
      ...(traceContext === undefined ? {} : { traceContext }),
    },
  )
  const answer = contentOf(value.Return.Detail)
  const xades = value.Return.XadesT?.value
  const signed =
    xades === undefined || xades.length === 0
      ? {}
      : {
          xades,
          signature: await verifyAnswer(session, { element, source: meta.raw.response, signature: xades }),
        }
  return {
    ...outcomeOf(answer),
    insurer,
    service,
    inputReference: CommonInput.InputReference,
    ...signed,
    answer,
    meta,
  }
}

function outcomeOf(
  answer: Uint8Array,
):
  | { outcome: 'registered'; startDate?: string; endDate?: string; details: RegistrationDetail[] }
  | { outcome: 'refused'; details: RegistrationDetail[] } {
  const { registrationAnswer: told } = readAnswer(answer)
  const details = told.answerDetails.map(({ DetailCode, DetailSource, Location, Message }) => ({
    code: DetailCode,
    ...(DetailSource === undefined ? {} : { source: DetailSource }),
    ...(Location === undefined ? {} : { location: Location }),
    ...(Message === undefined
      ? {}
      : {
          message: {
            text: Message.value,
            ...(Message.lang === undefined ? {} : { language: Message.lang }),
          },
        }),
  }))
  if (told.status !== 'SUCCESS') return { outcome: 'refused', details }
  // insurers that add a zone are understood (§3.5)
  const day = (text: string | undefined): string | undefined => text?.slice(0, 10)
  const startDate = day(told.startDate)
  const endDate = day(told.endDate)
  return {
    outcome: 'registered',
    details,
    ...(startDate === undefined ? {} : { startDate }),
    ...(endDate === undefined ? {} : { endDate }),
  }
}

function readAnswer(answer: Uint8Array): RegistrationsAnswer {
  try {
    return read(RegistrationsAnswer, parseXml(answer).root)
  } catch (cause) {
    if (!(cause instanceof EHealthError)) throw cause
    throw new EHealthError('contract.unreadable', `the answer of the insurer: ${cause.message}`, {
      ...(cause.path === undefined ? {} : { path: cause.path }),
      cause,
    })
  }
}

/** Commons 2: never canonicalised, whatever the content is (§5.3). */
async function signatureOf({ session }: MyCareNetCaller, Id: string, value: Uint8Array): Promise<Uint8Array> {
  const { authentication: credential } = await session.keystore()
  const transforms = blobTransforms({ contentType: 'text/xml', contentEncoding: 'none', commons: 'v2' })
  const { runtime } = session
  const { xml } = await signXml(signedDocument(Id, value), { credential, id: Id, transforms, runtime })
  return Buffer.from(xml, 'utf8')
}
