/** More people and organisations with encryption tokens, of every type of number; what is sealed for one opens with one key. */
import { EHealthError } from '../../../src/errors.js'
import type { Recipient } from '../../../src/business/ehbox/index.js'
import type { Simulator } from '../../../src/simulator/index.js'
import { randomSerial, rsaKeys, signerOf } from '../../../src/simulator/pki/authorities.js'
import { makeEncryptionToken } from '../../../src/simulator/pki/encryptionToken.js'
import { encodeName, issueCertificate } from '../../../src/simulator/pki/issue.js'
import { loadFoundation } from '../../../src/simulator/pki/keepFoundation.js'
import { actorName } from '../../../src/simulator/pki/subjects.js'

/** Check digits of the national numbers and of the platform's: what is left of 97. */
const check = (digits: string, modulus = 97): string =>
  String(modulus - (Number(digits) % modulus)).padStart(2, '0')

const numbers = {
  ssin: (index: number) => withCheck(`84112${String(index % 10)}99${String(index % 8)}`),
  nihii: (first: string, index: number) => withCheck(`${first}${String(99700 + index)}`),
  ten: (first: string, index: number) => withCheck(`${first}9999${String(100 + index)}`),
}
const withCheck = (digits: string): string => digits + check(digits)

interface Kind {
  type: string
  quality: string
  recipient(index: number): Recipient
  value(index: number): string
}

const kinds: readonly Kind[] = [
  {
    type: 'SSIN',
    quality: 'NURSE',
    value: numbers.ssin,
    recipient: (index) => ({ ssin: numbers.ssin(index), quality: 'NURSE' }),
  },
  {
    type: 'NIHII-HOSPITAL',
    quality: 'HOSPITAL',
    value: (index) => numbers.nihii('7', index),
    recipient: (index) => ({ nihii: numbers.nihii('7', index), quality: 'HOSPITAL' }),
  },
  {
    type: 'NIHII-GROUP_DOCTORS',
    quality: 'GROUP_DOCTORS',
    value: (index) => numbers.nihii('8', index),
    recipient: (index) => ({ nihii: numbers.nihii('8', index), quality: 'GROUP_DOCTORS' }),
  },
  {
    type: 'CBE-TREAT_CENTER',
    quality: 'TREATMENT_CENTER',
    value: (index) => numbers.ten('0', index),
    recipient: (index) => ({ cbe: numbers.ten('0', index), quality: 'TREATMENT_CENTER' }),
  },
  {
    type: 'CBE',
    quality: 'INSTITUTION',
    value: (index) => numbers.ten('1', index),
    recipient: (index) => ({ cbe: numbers.ten('1', index), quality: 'INSTITUTION' }),
  },
  {
    type: 'EHP',
    quality: 'INSTITUTION_EHP',
    value: (index) => numbers.ten('1', index),
    recipient: (index) => ({ ehp: numbers.ten('1', index), quality: 'INSTITUTION_EHP' }),
  },
]

/** Registers so many neighbours of six kinds in a simulator with a directory; gives them as recipients. */
export async function addNeighbours(simulator: Simulator, dir: string, count: number): Promise<Recipient[]> {
  const foundation = await loadFoundation(dir)
  if (foundation === undefined) throw new EHealthError('configuration.invalid', 'no foundation')
  const { issuing, root, registrationAuthority } = foundation.authorities
  const { runtime, world } = simulator
  const [authentication, encryption] = [await rsaKeys(), await rsaKeys()]
  const day = 24 * 60 * 60 * 1000
  const now = runtime.now().getTime()
  const validity = { notBefore: new Date(now - day), notAfter: new Date(now + 900 * day) }
  return Array.from({ length: count }, (_, at) => {
    const kind = kinds[at % kinds.length]!
    const index = Math.floor(at / kinds.length)
    const value = kind.value(index)
    const name = `neighbour-${at}`
    const displayName = `NEIGHBOUR ${at}`
    const actor = { certificateType: kind.type, certificateValue: value, displayName }
    const common = { ...validity, serialNumber: randomSerial(runtime) }
    const own = issueCertificate(
      {
        ...common,
        subject: encodeName(actorName(actor)),
        publicKey: authentication.publicKey,
        usages: ['digitalSignature', 'nonRepudiation'],
      },
      signerOf(issuing),
      issuing.certificate.subjectKeyIdentifier,
    )
    const encryptionCertificate = issueCertificate(
      {
        ...common,
        serialNumber: randomSerial(runtime),
        subject: own.subject.der,
        publicKey: encryption.publicKey,
        usages: ['keyEncipherment', 'dataEncipherment'],
        bare: true,
      },
      signerOf({ certificate: own, key: authentication.privateKey }),
    )
    const person = kind.type === 'SSIN'
    world.register({
      ...actor,
      name,
      kind: person ? 'person' : 'organisation',
      profession: name,
      ...(person ? { ssin: value } : {}),
      qualities: [kind.quality],
      certified: {},
    })
    world.addToken({
      type: kind.type,
      value,
      etk: makeEncryptionToken({
        encryptionCertificate,
        authenticationCertificate: own,
        chain: [issuing.certificate, root.certificate],
        registrationAuthority,
        at: encryptionCertificate.notBefore,
      }),
    })
    return kind.recipient(index)
  })
}
