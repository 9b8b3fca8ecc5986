/** Revocation on the command line: which policy, which lists, and how evidence is shown. */
import { Option, type Command } from 'commander'

import {
  createRevocationChecker,
  type CertificateRevocation,
  type PathRevocation,
  type RevocationChecker,
  type RevocationPolicy,
} from '../technical/pki/index.js'
import { readNamed } from './input.js'
import { listOption, type TakenLists } from './lists.js'
import type { ShownCertificateRevocation, ShownRevocation } from './json/index.js'
import { UsageError } from './output.js'

/** What {@link addRevocationOptions} adds. */
export interface RevocationOptions {
  revocation?: RevocationPolicy
  crl?: string[]
}

/** Adds `--revocation` and `--crl`. */
export function addRevocationOptions(command: Command, taken: TakenLists = []): Command {
  return command
    .addOption(
      new Option(
        '--revocation <policy>',
        'ask OCSP responders and lists whether certificates were revoked; off by default. An unknown status is refused (require) or a warning (prefer)',
      ).choices(['require', 'prefer', 'off']),
    )
    .addOption(
      listOption(
        '--crl <file...>',
        'revocation lists to look into before anybody is asked (DER or PEM)',
        taken,
      ),
    )
}

/** The checker that the options ask for; `undefined` where nobody is to be asked. */
export async function readChecker(options: RevocationOptions): Promise<RevocationChecker | undefined> {
  const { revocation: policy = 'off', crl } = options
  if (policy === 'off') {
    if (crl !== undefined) throw new UsageError('--crl goes with --revocation require or prefer')
    return undefined
  }
  return createRevocationChecker({
    policy,
    ...(crl === undefined ? {} : { crls: await Promise.all(crl.map(readNamed)) }),
  })
}

/** A path's status for JSON: what was found, and what it rests on. */
export function shownRevocation(found: PathRevocation): ShownRevocation
export function shownRevocation(found: PathRevocation | undefined): ShownRevocation | null
export function shownRevocation(found: PathRevocation | undefined): ShownRevocation | null {
  if (found === undefined) return null
  return { status: found.status, certificates: found.certificates.map(shownCertificate) }
}

function shownCertificate(one: CertificateRevocation): ShownCertificateRevocation {
  const { certificate } = one
  const about = {
    subject: certificate.subject.toRfc2253(),
    serialNumber: certificate.serialNumber.toString(),
  }
  const { status } = one
  if (status === 'unknown') return { ...about, status, code: one.code, attempts: one.attempts }
  const { crlNumber, ...rest } = one.evidence
  const evidence = { ...rest, ...(crlNumber === undefined ? {} : { crlNumber: crlNumber.toString() }) }
  if (status === 'revoked') return { ...about, status, at: one.at, reason: one.reason, evidence }
  const { revokedLater } = one
  return { ...about, status, ...(revokedLater === undefined ? {} : { revokedLater }), evidence }
}
