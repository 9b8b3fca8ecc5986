/** Who calls: the security header judged as the platform judges it (spec soap-security §2.10). */
import { EHealthError } from '../errors.js'
import { identityOf } from '../technical/keystore/identity.js'
import type { Certificate } from '../technical/pki/certificate.js'
import type { ParsedEnvelope } from '../technical/soap/envelope.js'
import type { Operation } from '../technical/soap/types.js'
import { verifyEnvelope } from '../technical/soap/wsSecurity/verify.js'
import { soaRefusal } from './refusal.js'
import type { ReplayGuard } from './replay.js'
import type { Caller, CallerAttribute } from './service.js'
import type { RegisteredActor, World } from './world.js'

/** Whom the simulator believes. */
export interface AcceptedTrust {
  /** Anchors of the certificates that sign messages. */
  readonly anchors: readonly Certificate[]
  /** Issuing authorities, which no message carries. */
  readonly intermediates: readonly Certificate[]
  /** Certificates of the STS, pinned. */
  readonly sts: readonly Certificate[]
}

/**
 * The proven caller of an operation; open operations ignore a security header.
 *
 * @throws Refusal SOA-01001
 */
export function authenticate(
  parsed: ParsedEnvelope,
  { security: kind, signedParts }: Pick<Operation<unknown, unknown>, 'security' | 'signedParts'>,
  context: { trust: AcceptedTrust; replay: ReplayGuard; world: World; now: Date },
): Caller {
  if (kind === 'none') return callerOf('none', undefined, [], context.world)
  const { trust, now } = context
  try {
    const verified = verifyEnvelope(parsed, {
      kind,
      trust: trust.anchors,
      intermediates: trust.intermediates,
      sts: trust.sts,
      at: now,
      ...(signedParts === undefined ? {} : { require: signedParts }),
    })
    context.replay.admit(parsed, verified, now)
    return callerOf(kind, verified.certificate, verified.assertion?.attributes ?? [], context.world)
  } catch (error) {
    // Why stays in the cause, for tests and logs: the platform does not tell a stranger either.
    if (error instanceof EHealthError) throw soaRefusal('SOA-01001', undefined, error)
    throw error
  }
}

function callerOf(
  kind: Caller['kind'],
  certificate: Certificate | undefined,
  attributes: readonly CallerAttribute[],
  world: World,
): Caller {
  const values = (name: string): readonly string[] =>
    attributes.find((attribute) => attribute.name === name)?.values ?? []
  const actor = actorOf(certificate, values, world)
  return {
    kind,
    attributes,
    values,
    ...(certificate === undefined ? {} : { certificate }),
    ...(actor === undefined ? {} : { actor }),
  }
}

/** By the certificate first: a person who signs with the key of an organisation acts for it. */
function actorOf(
  certificate: Certificate | undefined,
  values: Caller['values'],
  world: World,
): RegisteredActor | undefined {
  if (certificate === undefined) return undefined
  const ssin = values('urn:be:fgov:person:ssin')[0]
  return namedBy(certificate, world) ?? (ssin === undefined ? undefined : world.findActor('SSIN', ssin))
}

function namedBy(certificate: Certificate, world: World): RegisteredActor | undefined {
  try {
    const { type, value } = identityOf(certificate)
    return world.findActor(type, value)
  } catch (error) {
    if (error instanceof EHealthError) return undefined
    throw error
  }
}
