/**
 * Taking a sealed message apart as it comes in (spec etee §3): the outer layer, the envelope, the inner layer, in one
 * pass and without a verdict. Signatures come behind the content, so what passes by here is not verified yet.
 */
import { Asn1Error } from '../asn1/index.js'
import type { Certificate } from '../pki/certificate.js'
import type { SignedContent } from './cms/signedContent.js'
import type { SignerInfo } from './cms/signedData.js'
import { streamEnvelopedData } from './cms/streamEnveloped.js'
import { streamSignedData } from './cms/streamSigned.js'
import { CmsError } from './cms/structure.js'
import { decipher, failedDecryption, reachContentKey, type ContentKey, type OpeningKeys } from './decrypt.js'
import { FatalFinding, type Findings, type FatalNotification, type Layer } from './notifications.js'

/** A layer whose structure is in order. */
export interface SignedLayer {
  signed: SignedContent
  signer: SignerInfo
  certificates: readonly Certificate[]
}

/** What became of the layers inside: `errors` forbade to decrypt, or a fatal stood in the way. */
export type Inside =
  | { readonly kind: 'opened'; readonly inner: SignedLayer }
  | { readonly kind: 'forbidden'; readonly findings: Findings }
  | { readonly kind: 'fatal'; readonly fatal: FatalFinding; readonly findings: Findings }
  /** No key was tried. */
  | { readonly kind: 'closed' }

/** A message taken apart. */
export interface Layers {
  readonly outer: SignedLayer
  readonly inside: Inside
}

/** Takes unverified content, piece by piece. */
export type ContentSink = (piece: Uint8Array) => void | Promise<void>

/**
 * Takes a message apart; reads it to its end whatever is found.
 *
 * @param opening without it, the envelope is looked at and not opened
 * @throws FatalFinding for the outer layer; errors of the source, of the sink and of keys pass through
 */
export async function readLayers(source: AsyncIterator<Uint8Array>, opening?: Opening): Promise<Layers> {
  const known = opening?.known ?? []
  const outer = await openLayer('OUTER', source, { allowTrailing: true, known })
  const inside = await readEnvelope(outer.content, opening)
  await drain(outer.content)
  return { outer: await outer.finish(), inside }
}

/** What opens a message, and what becomes of its content. */
export interface Opening {
  keys: OpeningKeys
  sink: ContentSink
  /** Certificates that need not be read again where the message carries them. */
  known?: readonly Certificate[]
}

async function readEnvelope(
  source: AsyncGenerator<Uint8Array>,
  opening: Opening | undefined,
): Promise<Inside> {
  const findings: Findings = { errors: new Set(), warnings: new Set() }
  try {
    const { head, content, finish } = await structured(envelopeFault, () => streamEnvelopedData(source))
    const encrypted = guarded(envelopeFault, content)
    const inside = await open(head, encrypted, opening, findings)
    await drain(encrypted)
    await structured(envelopeFault, finish)
    return inside
  } catch (error) {
    if (error instanceof EnvelopeFault) return { kind: 'fatal', fatal: error, findings }
    throw error
  }

  async function open(
    head: Parameters<typeof reachContentKey>[0],
    encrypted: AsyncGenerator<Uint8Array>,
    wanted: typeof opening,
    found: Findings,
  ): Promise<Inside> {
    if (wanted === undefined) return { kind: 'closed' }
    let key: ContentKey | undefined
    try {
      key = await reachContentKey(head, wanted.keys, found)
    } catch (error) {
      if (error instanceof FatalFinding) return { kind: 'fatal', fatal: error, findings: found }
      throw error
    }
    if (key === undefined) return { kind: 'forbidden', findings: found }
    return readInner(decipher(encrypted, key), key.failure, wanted, found)
  }
}

/**
 * Octets that are no SignedData, or go on behind it, look like a decryption that failed; and like one, they are known
 * only when all has been read.
 */
async function readInner(
  decrypted: AsyncGenerator<Uint8Array>,
  failure: FatalNotification,
  { sink, known = [] }: Opening,
  findings: Findings,
): Promise<Inside> {
  try {
    const inner = await openLayer('INNER', decrypted, { known })
    for await (const piece of inner.content) await sink(piece)
    return { kind: 'opened', inner: await inner.finish() }
  } catch (error) {
    let fatal = innerFatal(error)
    if (fatal === undefined) throw error
    try {
      await drain(decrypted)
    } catch (broken) {
      fatal = innerFatal(broken)
      if (fatal === undefined) throw broken
    }
    const decryption = fatal.decryption || fatal.notification === 'INNER_SIGNED_DATA_STRUCTURE_INCORRECT'
    return { kind: 'fatal', fatal: decryption ? failedDecryption(failure) : fatal, findings }
  }
}

/** What was found wrong with the decryption or with the inner layer; other errors belong elsewhere. */
function innerFatal(error: unknown): FatalFinding | undefined {
  const inner =
    error instanceof FatalFinding &&
    (error.decryption || (error instanceof LayerFault && error.layer === 'INNER'))
  return inner ? error : undefined
}

/** A signed layer cannot be read. */
class LayerFault extends FatalFinding {
  constructor(
    readonly layer: Layer,
    notification: FatalNotification,
  ) {
    super(notification)
  }
}

/** The envelope cannot be read. */
class EnvelopeFault extends FatalFinding {}

const envelopeFault = (): FatalFinding => new EnvelopeFault('ENVELOPED_DATA_STRUCTURE_INCORRECT')

const layerFault =
  (layer: Layer) =>
  (error: Asn1Error | CmsError): FatalFinding =>
    new LayerFault(
      layer,
      error instanceof CmsError && error.fault === 'certificates'
        ? `MESSAGE_${layer}_SIGNED_PART_CONTAINS_INCORRECTLY_ENCODED_CERTIFICATES_SET`
        : `${layer}_SIGNED_DATA_STRUCTURE_INCORRECT`,
    )

interface OpenLayer {
  content: AsyncGenerator<Uint8Array>
  finish(): Promise<SignedLayer>
}

async function openLayer(
  layer: Layer,
  source: AsyncIterator<Uint8Array>,
  options: { allowTrailing?: boolean; known: readonly Certificate[] },
): Promise<OpenLayer> {
  const fault = layerFault(layer)
  const stream = await structured(fault, () => streamSignedData(source, options))
  return {
    content: guarded(fault, stream.content),
    finish: () =>
      structured(fault, async () => {
        const { signers, signedContent, content, certificates } = await stream.finish()
        const [signer, ...more] = signers
        if (signer === undefined || more.length > 0)
          throw new LayerFault(layer, `MESSAGE_${layer}_SIGNED_PART_HAS_MORE_THAN_ONE_SIGNER_INFORMATION`)
        const found = certificates(options.known)
        if (content === undefined) throw new LayerFault(layer, `${layer}_SIGNED_DATA_CONTENT_MISSING`)
        return { signed: signedContent, signer, certificates: found }
      }),
  }
}

type Fault = (error: Asn1Error | CmsError) => FatalFinding

/** Runs a reader; what it finds wrong with the structure is a fault of its own layer, everything else passes. */
async function structured<T>(fault: Fault, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof Asn1Error || error instanceof CmsError) throw fault(error)
    throw error
  }
}

async function* guarded(
  fault: Fault,
  pieces: AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (;;) {
    const next = await structured(fault, () => pieces.next())
    if (next.done === true) return
    yield next.value
  }
}

async function drain(pieces: AsyncGenerator<Uint8Array>): Promise<void> {
  while ((await pieces.next()).done !== true);
}
