/** Asking about one patient (spec memberdata-mycarenet §1.4 to §1.7). */
import { EHealthError } from '../../errors.js'
import { invalidOption, refuseUnknownOptions } from '../../technical/session/options.js'
import type { CallMeta, CallResult } from '../../technical/soap/types.js'
import { parseXml, read, write } from '../../technical/xml/index.js'
import {
  blobOf,
  careProviderOf,
  checkCaller,
  commonInputOf,
  contentOf,
  isSealed,
  mycarenetRegions,
  openBlob,
  sealedBlob,
  verifyAnswer,
  type BlobElement,
  type BlobSignature,
  type MyCareNetCaller,
  type MyCareNetRegion,
  type OpenedBlob,
} from '../mycarenet/index.js'
import {
  AttributeQuery,
  memberDataOperations,
  Response,
  type MemberDataConsultationResponse,
} from './contract.js'
import { outcomeOf, type MemberDataOutcome } from './outcome.js'
import { askedQuestion, judgeQuestion, type MemberDataQuestion } from './question.js'

/** How to ask. */
export interface MemberDataOptions {
  /** Front door; `mycarenet`, the federal one. Wallonia and Brussels have theirs for their institutions. */
  region?: MyCareNetRegion
  /** Seals the question for the broker of the region, and the answer for the caller. False. */
  encrypt?: boolean
  /** Reference of the question, 14 to 36 letters and digits; a new one when omitted. */
  reference?: string
  /** Ends the call. */
  signal?: AbortSignal
  /** Milliseconds for the whole call. */
  timeout?: number
}

const optionNames: readonly (keyof MemberDataOptions)[] = [
  'region',
  'encrypt',
  'reference',
  'signal',
  'timeout',
]

/** What is known of a question and its answer beside the outcome. */
export interface MemberDataExchange {
  /** Reference of the question: what a helpdesk asks for. */
  reference: string
  /** References that MyCareNet gave; each may be absent. */
  references: { nip?: string; output?: string }
  /** Of a sealed answer: who sealed it, when, with which warnings. */
  seal?: OpenedBlob['seal']
  /** Of a signed answer: what its signature proves. Insurers need not sign. */
  signature?: BlobSignature
  meta: CallMeta
  /** The SAML answer as it was verified and read, XML. It holds patient data: for audit, never for logs. Not enumerable. */
  raw: { response: string }
}

/** An outcome with what is known of the exchange. */
export type MemberDataAnswer = MemberDataOutcome & MemberDataExchange

const declaration = '<?xml version="1.0" encoding="UTF-8"?>'

/** Facts about one patient: no more than that, however many periods and rights they name. */
const limits = { maxDepth: 32, maxNodes: 200_000 }
const mostOctets = 16 * 1024 * 1024

/** See {@link MemberData.get}. */
export async function get(
  caller: MyCareNetCaller,
  question: MemberDataQuestion,
  options: MemberDataOptions = {},
): Promise<MemberDataAnswer> {
  refuseUnknownOptions(options, optionNames)
  const { region = 'mycarenet', encrypt = false, reference, signal, timeout } = options
  if (!mycarenetRegions.includes(region))
    throw invalidOption('region', `expected ${mycarenetRegions.join(', ')}`)
  const { session } = caller
  const now = session.runtime.now()
  const judged = judgeQuestion(question, now)
  checkCaller(caller)
  const careProvider = await careProviderOf(caller)
  const CommonInput = await commonInputOf(caller, {
    service: 'MDA',
    careProvider,
    ...(reference === undefined ? {} : { reference }),
  })
  // the identifier of a question is that of its message
  const asked = askedQuestion(judged, {
    id: `_${CommonInput.InputReference}`,
    issuer: careProvider.nihii,
    now,
  })
  const content = Buffer.from(declaration + write(AttributeQuery, asked.query).xml)
  const id = `_${session.runtime.uuid()}`
  const Detail = encrypt ? await sealedBlob(session, content, { region, id }) : blobOf(content, { id })
  const result = await session.call(
    memberDataOperations[region],
    { Id: `_${session.runtime.uuid()}`, IssueInstant: now, CommonInput, Detail },
    { ...(signal === undefined ? {} : { signal }), ...(timeout === undefined ? {} : { timeout }) },
  )
  const { opened, ...answered } = await answerIn(caller, result, CommonInput.InputReference)
  const outcome = outcomeOf(readResponse(opened), asked)
  const exchange = { ...answered, reference: CommonInput.InputReference, meta: result.meta }
  return Object.defineProperty({ ...outcome, ...exchange }, 'raw', {
    value: { response: Buffer.from(opened).toString('utf8') },
    enumerable: false,
  }) as MemberDataAnswer
}

async function answerIn(
  { session }: MyCareNetCaller,
  { value, element, meta }: CallResult<MemberDataConsultationResponse>,
  reference: string,
): Promise<{ opened: Uint8Array } & Pick<MemberDataExchange, 'references' | 'seal' | 'signature'>> {
  const { CommonOutput, Detail, XadesT } = value.Return
  const { InputReference = '', NIPReference = '', OutputReference = '' } = CommonOutput
  if (InputReference !== '' && InputReference !== reference)
    throw new EHealthError('member-data.other-answer', 'the answer belongs to another question')
  const references = {
    ...(NIPReference === '' ? {} : { nip: NIPReference }),
    ...(OutputReference === '' ? {} : { output: OutputReference }),
  }
  const blob: BlobElement = Detail
  const signed =
    XadesT === undefined || XadesT.value.length === 0
      ? {}
      : {
          signature: await verifyAnswer(session, {
            element,
            source: meta.raw.response,
            signature: XadesT.value,
          }),
        }
  if (!isSealed(blob)) return { opened: contentOf(blob, { maxBytes: mostOctets }), references, ...signed }
  const { content, seal } = await openBlob(session, blob, { maxBytes: mostOctets })
  return { opened: content, references, seal, ...signed }
}

/** @throws EHealthError `member-data.answer` */
export function readResponse(content: Uint8Array): Response {
  try {
    return read(Response, parseXml(content, limits).root)
  } catch (cause) {
    if (!(cause instanceof EHealthError)) throw cause
    throw new EHealthError('member-data.answer', `the answer: ${cause.message}`, {
      cause,
      ...(cause.path === undefined ? {} : { path: cause.path }),
    })
  }
}
