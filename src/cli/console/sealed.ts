/** Sealed messages on the way: found, and opened with the keys of the simulator. */
import { errorCatalogue, isEHealthError } from '../../errors.js'
import type { Simulator, UnsealingOptions } from '../../simulator/index.js'
import { unpacked } from '../../business/mycarenet/blob.js'
import { attributeTypes } from '../../technical/pki/name.js'
import { readSignedData } from '../../technical/seal/cms/signedData.js'
import {
  attribute,
  childElements,
  descendants,
  parseXml,
  textOf,
  type XmlElement,
} from '../../technical/xml/index.js'
import type { SealedOrClear, SealedView } from './contract.js'
import { textOfContent } from './text.js'
import { pathOf, type OpenedWire } from './wire.js'

/** Sealed messages of one direction that are opened. */
const mostSealed = 50

type SecretKeys = { key: Uint8Array; of: string }[]

/** How sealed messages are opened. */
type Opening = Pick<UnsealingOptions, 'prefer'> & { secretKeys?: SecretKeys }

const oidOf = { signedData: '2a864886f70d010702', envelopedData: '2a864886f70d010703' }
const startsWithOid = (octets: Uint8Array, oid: string): boolean =>
  octets[0] === 0x30 && Buffer.from(octets.subarray(0, 24)).toString('hex').includes(`0609${oid}`)

/** CMS that is signed around something enveloped; tokens, stamps and signatures are signed, too. */
export function isSealed(octets: Uint8Array): boolean {
  if (!startsWithOid(octets, oidOf.signedData)) return false
  try {
    const { content } = readSignedData(octets, { allowTrailing: true })
    return content !== undefined && startsWithOid(content, oidOf.envelopedData)
  } catch {
    // damaged: worth a look
    return true
  }
}

/** Request first: what is sealed in it may hold the key of the answer. */
export async function sealedIn(
  simulator: Simulator,
  { request, response }: { request: OpenedWire; response: OpenedWire },
  prefer: readonly string[],
): Promise<SealedView[]> {
  const opening = { prefer, secretKeys: [] as SecretKeys }
  const views: SealedView[] = []
  for (const [side, wire] of [
    ['request', request],
    ['response', response],
  ] as const)
    for (const { where, octets } of candidates(wire).slice(0, mostSealed))
      views.push(await sealedView(simulator, { in: side, where, octets: octets.length }, octets, opening))
  return views
}

function candidates({ root, attachments, references }: OpenedWire): { where: string; octets: Uint8Array }[] {
  const inline = root === undefined ? [] : [...descendants(root)].flatMap(binaryOf)
  const beside = [...attachments.values()].map(({ contentId, content }) => ({
    where: references.get(contentId) ?? `attachment ${contentId}`,
    octets: content,
  }))
  return [...inline, ...beside].filter(({ octets }) => isSealed(octets))
}

/** The octets of an element that holds base64 of a CMS message: a sequence of some length starts like this. */
function binaryOf(element: XmlElement): { where: string; octets: Uint8Array }[] {
  if (childElements(element).length > 0) return []
  const text = textOf(element)
  if (text.length < 200 || !/^\s*MI/.test(text)) return []
  return [{ where: pathOf(element), octets: Buffer.from(text, 'base64') }]
}

async function sealedView(
  simulator: Simulator,
  seen: Pick<SealedView, 'in' | 'where' | 'octets'>,
  octets: Uint8Array,
  opening: Opening,
): Promise<SealedView> {
  const opened = await openSealed(simulator, octets, opening)
  if ('problem' in opened) return { ...seen, problem: opened.problem }
  const { content, openedBy, author } = opened
  const known = parsed(content)
  if (known !== undefined && opening.secretKeys !== undefined) learnKeys(known, opening.secretKeys)
  const text = textOfContent(content)
  const inside = known === undefined ? undefined : businessContentOf(known)
  return {
    ...seen,
    openedBy,
    ...(author === undefined ? {} : { author }),
    contentOctets: content.length,
    ...(text === undefined ? {} : { text: inside === undefined ? text : `${text}\n\n${inside}` }),
  }
}

/** What is sealed, opened; else why not, in the words of the catalogue. */
export async function openSealed(
  simulator: Simulator,
  octets: Uint8Array,
  opening: Opening = {},
): Promise<
  { content: Uint8Array; openedBy: string; author?: string } | Required<Pick<SealedView, 'problem'>>
> {
  try {
    const { content, openedBy, author, authorCertificate } = await simulator.unseal(octets, opening)
    const actor = author && simulator.world.findActor(author.type, author.value)
    const name = actor?.displayName ?? authorCertificate?.subject.values(attributeTypes.commonName)[0]
    return { content, openedBy, ...(name === undefined ? {} : { author: name }) }
  } catch (error) {
    const code = isEHealthError(error) ? error.code : 'unseal.malformed'
    return { problem: { code, meaning: errorCatalogue[code].meaning } }
  }
}

/** A field of a message, sealed or not, as its reader sees it. */
export async function openField(
  simulator: Simulator,
  octets: Uint8Array,
  opening: Opening = {},
): Promise<SealedOrClear> {
  const opened = isSealed(octets) ? await openSealed(simulator, octets, opening) : { content: octets }
  if ('problem' in opened) return { octets: octets.length, problem: opened.problem }
  const { content } = opened
  const text = textOfContent(content)
  return {
    octets: content.length,
    ...(text === undefined ? {} : { text }),
    ...('openedBy' in opened ? { openedBy: opened.openedBy } : {}),
  }
}

function parsed(content: Uint8Array): XmlElement | undefined {
  try {
    return parseXml(content, { maxBytes: 4 * 1024 * 1024 }).root
  } catch {
    return undefined
  }
}

const named = (root: XmlElement, name: string): XmlElement | undefined =>
  [...descendants(root)].find(({ local }) => local === name)

/** A request to the KGSS may hold the key that its answer is sealed with (spec etee §5.2). */
function learnKeys(root: XmlElement, secretKeys: SecretKeys): void {
  const element = named(root, 'KeyEncryptionKey')
  if (element === undefined) return
  const key = Buffer.from(textOf(element), 'base64')
  if (key.length === 16) secretKeys.push({ key, of: 'the key in the request' })
}

/** What is sealed for an insurer holds its message once more in base64, and perhaps packed (spec memberdata-mycarenet §5.2). */
function businessContentOf(root: XmlElement): string | undefined {
  const element = root.local === 'EncryptedKnownContent' ? named(root, 'BusinessContent') : undefined
  if (element === undefined) return undefined
  try {
    const encoding = attribute(element, 'ContentEncoding') ?? 'none'
    return textOfContent(unpacked(Buffer.from(textOf(element), 'base64'), encoding, 16 * 1024 * 1024))
  } catch {
    return undefined
  }
}
