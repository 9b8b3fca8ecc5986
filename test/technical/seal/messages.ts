/** Messages that the tests make themselves, with the synthetic actors of the vectors. */
import { readToken } from '../../../src/technical/etk/token.js'
import { verifyToken } from '../../../src/technical/etk/verifyToken.js'
import { systemRuntime, type Runtime } from '../../../src/technical/environment/runtime.js'
import type { VerifiedToken } from '../../../src/technical/seal/index.js'
import { openVectors, withinMinutes } from './vectors.js'

export const vectors = openVectors()

/** A clock that stands still while the vectors are fresh. */
export const runtime: Runtime = { ...systemRuntime, now: () => withinMinutes }

export const tokenOf = (name: string): VerifiedToken =>
  verifyToken(readToken(vectors.read(`etk/${name}.etk`)), { trust: vectors.trust, at: withinMinutes })

export const sender = await vectors.keystore('sender')
export const hospital = await vectors.keystore('recipient-a')
export const organisation = await vectors.keystore('recipient-b')
export const person = await vectors.keystore('recipient-c')
export const opening = { keys: hospital.decryptionKeys, trust: vectors.trust, now: runtime }
