/** Every document that `--json` prints, named after its command: `ehbox list` prints an `EhboxList`. */
export type { ConsentDeclare, ConsentGet, ConsentRevoke, MayRead } from './access.js'
export type { TherlinkDeclare, TherlinkHas, TherlinkList, TherlinkRevoke } from './access.js'
export type { AddressbookSearch, AddressbookShow } from './addressBook.js'
export type { TimestampAudit, TimestampExport, TimestampProve, TimestampServe } from './archive.js'
export type { ErrorDocument, Failure, Signer, Without } from './common.js'
export type { Doctor } from './doctor.js'
export type { Explain } from './explain.js'
export type {
  Identifier,
  KeystoreInspect,
  KeystoreTokens,
  KgssGetKey,
  KgssNewKey,
  SecretKey,
  ShownTokenEntry,
  Token,
} from './keys.js'
export type {
  EhboxAbsenceDelete,
  EhboxAbsenceInsert,
  EhboxAbsenceList,
  EhboxAck,
  EhboxDelete,
  EhboxInfo,
  EhboxList,
  EhboxListItem,
  EhboxMove,
  EhboxRead,
  EhboxSend,
  EhboxWatch,
  SavedDocument,
  SavedPart,
  ShownDocument,
  ShownPart,
} from './mailbox.js'
export type { MemberDataBatch, MemberDataGet } from './memberData.js'
export type {
  CardVerify,
  PersonCreate,
  PersonGet,
  PersonHistory,
  PersonSearch,
  RegistrationSearch,
} from './person.js'
export type { ShownCertificateRevocation, ShownRevocation } from './revocation.js'
export type {
  FoundStamp,
  TimestampConsult,
  TimestampJudgement,
  TimestampReport,
  TimestampStamp,
  TimestampVerify,
} from './timestamp.js'
export type { Call, Demo, Init, Simulator } from './tools.js'
export type {
  EtkDocument,
  EtkGet,
  EtkInspect,
  Seal,
  SealedJudgement,
  ShownCmsSignature,
  ShownXmlSignature,
  Unseal,
  Verify,
  XmlJudgement,
} from './verify.js'
