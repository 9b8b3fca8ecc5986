/** The three front doors of MemberData, synchronous (spec memberdata-mycarenet §1, §7). */
import {
  AttributeQuery,
  memberDataOperations,
  Response,
  type MemberDataConsultationRequest,
  type MemberDataConsultationResponse,
} from '../../../business/memberData/contract.js'
import {
  commonsV3,
  commonsV3Protocol,
  EncryptedKnownContent,
  mycarenetRegions,
  type BlobElement,
  type MyCareNetRegion,
} from '../../../business/mycarenet/contract.js'
import { EHealthError } from '../../../errors.js'
import { blobTransforms, signXml } from '../../../technical/xades/index.js'
import { namespace, parseXml, read, write } from '../../../technical/xml/index.js'
import type { PersonaKeystore } from '../../pki/foundation.js'
import { businessRefusal } from '../../refusal.js'
import { simulate, type SimulatedCall, type SimulatedService } from '../../service.js'
import { createSealing, type Sealing, type SealingSetup } from '../sealing.js'
import { answerQuestion } from './answer.js'
import { contentOf, hashOf } from './content.js'
import { admit, authorise } from './sender.js'
import { refusesFacet, type MyCareNetSimulation } from './settings.js'

export { memberDataFaultPatients } from './faultPatients.js'
export { memberStories, type MemberStory } from './members.js'
export { mycarenetSimulationNames, type MyCareNetSimulation } from './settings.js'

/** What the services are made with. */
export interface MemberDataSetup extends Pick<SealingSetup, 'anchors'> {
  readonly settings: MyCareNetSimulation
  /** Keys of a broker, made at first demand. */
  readonly broker: (region: MyCareNetRegion) => Promise<PersonaKeystore>
}

/** The services of all regions. */
export const createMemberData = (setup: MemberDataSetup): SimulatedService[] =>
  mycarenetRegions.map((region) => {
    let sealing: Promise<Sealing> | undefined
    const sealingOfBroker = (): Promise<Sealing> =>
      (sealing ??= brokerKeystore(setup, region).then((keystore) =>
        createSealing({ keystore, anchors: setup.anchors }),
      ))
    const operation = memberDataOperations[region]
    return {
      service: operation.service,
      operations: [
        simulate(operation, {
          authorise,
          answer: async (call) => ({ value: await answer(call, setup, sealingOfBroker) }),
        }),
      ],
    }
  })

const brokerKeystore = async (
  { settings, broker }: MemberDataSetup,
  region: MyCareNetRegion,
): Promise<PersonaKeystore> => settings.keystore ?? broker(region)

async function answer(
  call: SimulatedCall<MemberDataConsultationRequest>,
  { settings }: MemberDataSetup,
  sealingOfBroker: () => Promise<Sealing>,
): Promise<MemberDataConsultationResponse> {
  const { request, caller, world, now } = call
  const { Origin, InputReference } = request.CommonInput
  const { nihii, quality } = admit(Origin, caller, settings)
  const blob: BlobElement = request.Detail
  const sealed = (blob.ContentEncryption ?? '') !== ''
  const opened = sealed ? await open(call, blob, await sealingOfBroker()) : undefined
  const query = queryIn(() => opened?.query ?? contentOf(blob))
  const response = answerQuestion(query, {
    world,
    now,
    careProvider: nihii,
    ...(InputReference === undefined ? {} : { expectedId: `_${InputReference}` }),
    refuses: (facet) => refusesFacet(settings, quality, facet),
    crossChecks: settings.crossChecks ?? true,
  })
  const content = Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${write(Response, response).xml}`)
  const numbers = Buffer.from(world.runtime.randomBytes(6)).readUIntBE(0, 6)
  const Detail: BlobElement =
    opened === undefined
      ? {
          value: content,
          Id: `_${world.runtime.uuid()}`,
          ContentType: 'text/xml',
          ContentEncoding: 'none',
          HashValue: hashOf(content),
        }
      : await opened.sealAnswer(content)
  const signed = opened === undefined && (settings.signAnswers ?? true)
  return {
    Id: `_${world.runtime.uuid()}`,
    ...(request.Id === undefined ? {} : { InResponseTo: request.Id }),
    IssueInstant: now,
    Return: {
      CommonOutput: {
        ...(InputReference === undefined ? {} : { InputReference }),
        NIPReference: String(numbers).padStart(19, '0'),
        OutputReference: String(numbers + 1).padStart(19, '0'),
      },
      Detail,
      ...(signed ? { XadesT: await signatureOver(call, Detail, await sealingOfBroker()) } : {}),
    },
  }
}

const SignedBlob = namespace(commonsV3Protocol, { prefix: 'mp3', qualified: true }).element(
  'Detail',
  commonsV3.Blob,
)

/** A signature over the content of a blob, as the brokers of other services sign (spec §5.3); of MemberData none was seen. */
async function signatureOver(
  { world, now }: SimulatedCall<unknown>,
  Detail: BlobElement,
  sealing: Sealing,
): Promise<{ contentType: string; value: Uint8Array }> {
  const { xml } = await signXml(write(SignedBlob, Detail).xml, {
    credential: await sealing.credential(),
    id: Detail.Id!,
    transforms: blobTransforms({ contentType: Detail.ContentType }),
    runtime: { ...world.runtime, now: () => now },
  })
  return { contentType: 'text/xml', value: Buffer.from(xml) }
}

function queryIn(content: () => Uint8Array): AttributeQuery {
  try {
    return read(AttributeQuery, parseXml(content(), { maxDepth: 32, maxNodes: 10_000 }).root)
  } catch (error) {
    // what it is called is known; that it is a business error is inferred
    if (error instanceof EHealthError) throw businessRefusal('INVALID_DETAIL_REQUEST', error.code)
    throw error
  }
}

/** A sealed question, and how its answer is sealed: for whom the question says. */
async function open(
  call: SimulatedCall<MemberDataConsultationRequest>,
  blob: BlobElement,
  sealing: Sealing,
): Promise<{ query: Uint8Array; sealAnswer: (content: Uint8Array) => Promise<BlobElement> }> {
  const { content, author } = await sealing.open(call, blob.value, EncryptedKnownContent)
  const { 'Reply-to-Etk': replyTo, BusinessContent } = content
  if (replyTo === undefined) throw businessRefusal('INVALID_DETAIL_REQUEST', 'Reply-to-Etk is missing')
  const token = sealing.tokenOf(call, replyTo, author)
  return {
    query: contentOf({ ...BusinessContent, ContentEncoding: BusinessContent.ContentEncoding ?? 'none' }),
    sealAnswer: async (value) => {
      const id = `_${call.world.runtime.uuid()}`
      const known = { BusinessContent: { id, ContentType: 'text/xml', ContentEncoding: 'none', value } }
      return {
        value: await sealing.seal(call, EncryptedKnownContent, known, { token }),
        Id: id,
        ContentType: 'text/xml',
        ContentEncoding: 'none',
        ContentEncryption: 'encryptedForKnownRecipient',
        HashValue: hashOf(value),
      }
    },
  }
}
