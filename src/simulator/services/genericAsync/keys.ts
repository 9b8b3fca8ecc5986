/** The keys of the insurers' servers: opening posts, sealing and signing answers (spec memberdata-mycarenet §5.2, §5.3). */
import { signedDocument } from '../../../business/genericAsync/contract.js'
import { readToken, verifyToken } from '../../../technical/etk/index.js'
import { openKeystore, type Keystore } from '../../../technical/keystore/index.js'
import type { Certificate } from '../../../technical/pki/certificate.js'
import { seal, unseal } from '../../../technical/seal/index.js'
import { blobTransforms, signXml } from '../../../technical/xades/index.js'
import { readKnownContent, writeKnownContent } from './known.js'
import type { InsurersKeys } from './types.js'

/** What the keys are made from. */
export interface InsurersKeySetup {
  /** The keys of the region's broker, made at first demand. */
  readonly keystore: () => Promise<{ readonly keystore: Uint8Array; readonly password: string }>
  /** Anchors of those who seal posts. */
  readonly anchors: readonly Certificate[]
}

export function createInsurersKeys({ keystore: locked, anchors }: InsurersKeySetup): InsurersKeys {
  let opened: Promise<Keystore> | undefined
  const own = (): Promise<Keystore> =>
    (opened ??= locked().then(({ keystore: bytes, password }) =>
      openKeystore({ bytes }, { password, allowExpired: true }),
    ))
  return {
    open: async (sealed, { runtime }) => {
      const { decryptionKeys: keys } = await own()
      const { content } = await unseal(sealed, { keys, trust: anchors, now: runtime })
      return readKnownContent(content)
    },
    sealFor: async (etk, content, { runtime }) => {
      const token = verifyToken(readToken(etk), { trust: anchors, at: runtime.now() })
      const { authentication: credential } = await own()
      const known = writeKnownContent(content, 'text/xml', `_${runtime.uuid()}`)
      return seal(known, { credential, runtime, recipients: [token] })
    },
    sign: async ({ id, contentType, contentEncoding, packed }, { runtime }) => {
      const { authentication: credential } = await own()
      const document = signedDocument(id, packed)
      const transforms = blobTransforms({ contentType, contentEncoding })
      return Buffer.from((await signXml(document, { credential, id, transforms, runtime })).xml, 'utf8')
    },
  }
}
