/** All error codes of the library as data; `docs/errors.md` is generated from it. One file per family. */
import type { ErrorEntry } from './entry.js'
import { addressBookErrors } from './addressBook.js'
import { accessErrors } from './access.js'
import { certificateErrors } from './certificate.js'
import { configurationErrors } from './configuration.js'
import { consentErrors } from './consent.js'
import { contractErrors } from './contract.js'
import { eh2eboxErrors } from './eh2ebox.js'
import { ehboxErrors } from './ehbox.js'
import { etkErrors } from './etk.js'
import { faultErrors } from './fault.js'
import { identifierErrors } from './identifier.js'
import { keystoreErrors } from './keystore.js'
import { kgssErrors } from './kgss.js'
import { kmehrErrors } from './kmehr.js'
import { prescriptionArchiveErrors } from './prescriptionArchive.js'
import { recordingErrors } from './recording.js'
import { revocationErrors } from './revocation.js'
import { sealErrors } from './seal.js'
import { sessionErrors } from './session.js'
import { serviceListErrors } from './serviceList.js'
import { serviceErrors } from './service.js'
import { signatureErrors } from './signature.js'
import { ssoErrors } from './sso.js'
import { therlinkErrors } from './therlink.js'
import { timestampErrors } from './timestamp.js'
import { tokenErrors } from './token.js'
import { transportErrors } from './transport.js'
import { unsealErrors } from './unseal.js'
import { xmlErrors } from './xml.js'

export type { ErrorEntry, ErrorOrigin } from './entry.js'

export const errorCatalogue = {
  ...addressBookErrors,
  ...accessErrors,
  ...certificateErrors,
  ...configurationErrors,
  ...consentErrors,
  ...contractErrors,
  ...eh2eboxErrors,
  ...ehboxErrors,
  ...etkErrors,
  ...faultErrors,
  ...identifierErrors,
  ...keystoreErrors,
  ...kgssErrors,
  ...kmehrErrors,
  ...prescriptionArchiveErrors,
  ...recordingErrors,
  ...revocationErrors,
  ...sealErrors,
  ...serviceListErrors,
  ...serviceErrors,
  ...sessionErrors,
  ...signatureErrors,
  ...ssoErrors,
  ...therlinkErrors,
  ...timestampErrors,
  ...tokenErrors,
  ...transportErrors,
  ...unsealErrors,
  ...xmlErrors,
} satisfies Record<string, ErrorEntry> as { readonly [K in ErrorCode]: ErrorEntry }

/** Stable code of an error, `family.reason`. */
export type ErrorCode =
  | keyof typeof addressBookErrors
  | keyof typeof accessErrors
  | keyof typeof certificateErrors
  | keyof typeof configurationErrors
  | keyof typeof consentErrors
  | keyof typeof contractErrors
  | keyof typeof eh2eboxErrors
  | keyof typeof ehboxErrors
  | keyof typeof etkErrors
  | keyof typeof faultErrors
  | keyof typeof identifierErrors
  | keyof typeof keystoreErrors
  | keyof typeof kgssErrors
  | keyof typeof kmehrErrors
  | keyof typeof prescriptionArchiveErrors
  | keyof typeof recordingErrors
  | keyof typeof revocationErrors
  | keyof typeof sealErrors
  | keyof typeof serviceListErrors
  | keyof typeof serviceErrors
  | keyof typeof sessionErrors
  | keyof typeof signatureErrors
  | keyof typeof ssoErrors
  | keyof typeof therlinkErrors
  | keyof typeof timestampErrors
  | keyof typeof tokenErrors
  | keyof typeof transportErrors
  | keyof typeof unsealErrors
  | keyof typeof xmlErrors

/** First part of a code. */
export type ErrorFamily = ErrorCode extends `${infer F}.${string}` ? F : never
