/** Putting a simulator together. */
import { mycarenetRegions, type MyCareNetRegion } from '../business/mycarenet/contract.js'
import type { Environment } from '../technical/environment/environment.js'
import { systemRuntime, type Runtime } from '../technical/environment/runtime.js'
import type { EtkIdentifier } from '../technical/etk/contract.js'
import { softwareCredential } from '../technical/keystore/index.js'
import { Certificate } from '../technical/pki/certificate.js'
import { createRecorder } from '../technical/soap/recording.js'
import { brokers, holders, personaActors } from './actors.js'
import { createCards } from './pki/cards.js'
import { patients } from './patients.js'
import { createClock } from './clock.js'
import { createWorld } from './createWorld.js'
import { createEnrolment, type Enrolment } from './enrolment.js'
import { createFaults } from './faults.js'
import { assertTarget } from './faultTarget.js'
import { assertOptions, certificatesOf, type SimulatorOptions } from './options.js'
import { laterRoles, type Authority } from './pki/authorities.js'
import {
  authenticationCertificateOf,
  completeFoundation,
  makeFoundation,
  type Foundation,
  type PersonaKeystore,
  type UnfinishedFoundation,
} from './pki/foundation.js'
import { loadFoundation, saveFoundation } from './pki/keepFoundation.js'
import { listenForPki, type PkiServer } from './pki/pkiServer.js'
import { ownDirectory } from './ownDirectory.js'
import { revocationRegister } from './pki/revoked.js'
import { platformCbe } from './pki/subjects.js'
import { createPipeline } from './pipeline.js'
import { mailboxOwners } from './population/population.js'
import { configurePeople, peopleOf } from './register/index.js'
import { createReplayGuard } from './replay.js'
import type { SimulatedService } from './service.js'
import { countKey, listen, type ListeningServer } from './server.js'
import { createListPublisher, listPath } from './serviceList/index.js'
import { addressBook } from './services/addressBook/index.js'
import { consentRegister } from './services/consent/index.js'
import { createEtkDepot } from './services/etkDepot.js'
import { eh2eboxPublication } from './services/eh2ebox/index.js'
import { configureMailboxes, ehboxConsultation, ehboxPublication } from './services/ehbox/index.js'
import { exclusionRegister } from './services/exclusions/index.js'
import { cbssPersonService } from './services/personRegistration/index.js'
import { managePerson } from './services/personRegistration/managePerson.js'
import { idSupport } from './services/idSupport.js'
import { consultRnV1 } from './services/rnConsultV1/index.js'
import { createInsurersServices } from './services/genericAsync/services.js'
import { configureInsurersMailboxes } from './services/genericAsync/settings.js'
import { createKgss } from './services/kgss/index.js'
import { createMemberData } from './services/memberData/index.js'
import { createIdentityProvider, createSingleSignOn } from './services/singleSignOn/index.js'
import { personService } from './services/personService/index.js'
import { ssinHistory } from './services/ssinHistory.js'
import { createSts } from './services/sts/index.js'
import { createTherLink } from './services/therlink/index.js'
import { createTimestamps } from './services/timestamp/index.js'
import { describePersonas, personasOf } from './personas.js'
import { viewsOf } from './views/index.js'
import type { DepotToken } from './world.js'
import type { Simulator } from './simulator.js'

/**
 * Starts the platform inside of this process: its own certificates, services at the platform's paths, real
 * cryptography, the platform's rules and codes (spec soap-security §9, sts-iam §1.9).
 *
 * Takes a second or two: keys are generated, unless `dir` holds those of an earlier start. Simulators in one process
 * share nothing.
 *
 * @throws EHealthError `configuration.invalid` (unknown option, port taken, damaged `dir`), `certificate.malformed`
 *
 * @example
 * ```ts
 * import { connect } from 'ehealth-connectors'
 * import { physician } from 'ehealth-connectors/professions'
 * import { startSimulator } from 'ehealth-connectors/simulator'
 *
 * await using simulator = await startSimulator()
 * const { ssin, nihii, keystore, password } = simulator.personas.physician
 * await using me = await connect({
 *   environment: simulator.environment,
 *   keystore: { bytes: keystore, password },
 *   as: physician({ ssin, nihii }),
 * })
 * ```
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  assertOptions(options)
  const { host = '127.0.0.1', dir } = options
  const source = options.clock ?? { now: () => systemRuntime.now() }
  const clock = createClock(() => source.now())
  const runtime: Runtime = { ...systemRuntime, ...options.runtime, now: () => clock.now() }
  const owned = dir === undefined ? undefined : await ownDirectory(dir, runtime)
  let pki: PkiServer | undefined
  const end = async (): Promise<void> => {
    await pki?.close()
    await owned?.release()
  }
  try {
    const earlier = dir === undefined ? undefined : await loadFoundation(dir)
    // Certificates name the address where they are answered for: it comes before them, and stays theirs.
    pki = await listenForPki(host, earlier?.publishedAt)
    return await assemble(options, { clock, runtime, pki, earlier, end })
  } catch (error) {
    await end()
    throw error
  }
}

async function assemble(
  options: SimulatorOptions,
  {
    clock,
    runtime,
    pki,
    earlier,
    end,
  }: Pick<Simulator, 'clock' | 'runtime'> & {
    pki: PkiServer
    earlier: UnfinishedFoundation | undefined
    /** Gives back what was there before the services. */
    end: () => Promise<void>
  },
): Promise<Simulator> {
  const { host = '127.0.0.1', dir } = options
  const trusted = { signers: certificatesOf(options.trust?.signers), sts: certificatesOf(options.trust?.sts) }
  const foundation = await foundationFor(dir, earlier, runtime, pki.url)
  const { root, issuing, sts, registrationAuthority } = foundation.authorities
  const world = createWorld({
    runtime,
    actors: [...Object.values(personaActors), ...mailboxOwners()],
    tokens: tokensOf(foundation, options),
    patients,
    ...(dir === undefined ? {} : { directory: dir }),
  })
  configureMailboxes(world, options.mailboxes)
  configurePeople(world, options.people)
  configureInsurersMailboxes(world, options.insurersMailboxes)
  const register = revocationRegister(world, foundation.authorities)
  pki.publish({ authorities: foundation.authorities, register, runtime })
  options.register?.actors?.forEach((actor) => world.register(actor))
  options.register?.patients?.forEach((patient) => world.registerPatient(patient))
  const trust = {
    anchors: [root.certificate, issuing.certificate, ...trusted.signers],
    intermediates: [issuing.certificate],
    sts: [sts.certificate, ...trusted.sts],
  }
  const identityProvider = createIdentityProvider({ runtime, trusted: [sts.certificate] })
  const { mycarenet = {} } = options
  const broker = (region: MyCareNetRegion): Promise<PersonaKeystore> => enrolment.broker(region)
  // whose keystore the caller brings has a token of the caller's
  const prepareToken = async ({ Value }: EtkIdentifier): Promise<void> => {
    const region = mycarenetRegions.find((name) => brokers[name].certificateValue === Value)
    if (region !== undefined && mycarenet.keystore === undefined) await broker(region)
  }
  const timestamps = createTimestamps({ world, authorities: foundation.authorities, ...options.timestamps })
  const own: readonly SimulatedService[] = options.services ?? []
  const standing: readonly SimulatedService[] = [
    ...createSts({
      world,
      signers: { sts: credentialOf(sts), impostor: credentialOf(registrationAuthority) },
      pinned: trust.sts,
      anchors: trust.anchors,
      intermediates: trust.intermediates,
      maxLifetime: options.maxTokenLifetime ?? 24 * 60 * 60 * 1000,
    }),
    createSingleSignOn({ signer: credentialOf(sts), identityProvider }),
    createEtkDepot(prepareToken),
    createKgss({ keystore: options.kgss ?? foundation.keystores.kgss, anchors: trust.anchors }),
    ehboxPublication,
    ehboxConsultation,
    eh2eboxPublication,
    addressBook,
    consentRegister,
    createTherLink({ anchors: trust.anchors }),
    exclusionRegister,
    ...timestamps.services,
    personService,
    cbssPersonService,
    managePerson,
    ssinHistory,
    idSupport,
    ...consultRnV1,
    ...createInsurersServices({ settings: mycarenet, anchors: trust.anchors, broker }),
    ...createMemberData({ settings: mycarenet, anchors: trust.anchors, broker }),
  ]
  const services = [
    ...standing.filter(({ service }) => !own.some((given) => given.service === service)),
    ...own,
  ]
  const faults = createFaults(options.faults, (plan) => assertTarget(plan, services))
  const serviceList = createListPublisher({
    authorities: foundation.authorities,
    services: services.map(({ service }) => service),
    environment: options.faultEnvironment ?? 'Acceptation',
    runtime,
    url: () => server.url,
  })
  const server: ListeningServer = await listen({
    host,
    port: options.port ?? 0,
    ...(options.http === true ? {} : { tls: tlsOf(foundation) }),
    services,
    pipeline: createPipeline({
      world,
      clock,
      trust,
      replay: createReplayGuard(),
      faults,
      strictAction: options.strictAction ?? false,
      environment: options.faultEnvironment ?? 'Acceptation',
      onSwitch: (service) =>
        serviceList.publish({ recovering: [...new Set([...serviceList.recovering, service])] }),
      onRefusal: options.onRefusal ?? (() => undefined),
    }),
    serviceList,
    identityProvider,
    clock,
    runtime,
    ...(options.record === undefined ? {} : { recorder: createRecorder(options.record) }),
    ...(options.onExchange === undefined ? {} : { onExchange: options.onExchange }),
    maxRequestBytes: options.maxRequestBytes ?? 32 * 1024 * 1024,
  })
  const personas = personasOf(foundation.keystores, dir)
  const environment = environmentOf(server.url, foundation, options.faultEnvironment)
  const served = services.map(({ service }) => service)
  const enrolment: Enrolment = createEnrolment({
    foundation,
    world,
    dir,
    onEnrolled: () => describe(),
  })
  const describe = async (): Promise<void> => {
    if (dir !== undefined)
      await describePersonas(dir, environment, pki.url, enrolment.enrolled(), served, world.patients)
  }
  const { personas: wanted = [] } = options
  let made = 0
  await Promise.all(
    wanted.map(async (name) => {
      await enrolment.persona(name)
      options.onKeys?.((made += 1), wanted.length)
    }),
  )
  await describe()
  // whose keystore the caller brought has no other
  const keystores = (): Readonly<Record<string, PersonaKeystore>> => ({
    ...enrolment.keystores(),
    ...(options.kgss === undefined ? {} : { kgss: options.kgss }),
    ...(mycarenet.keystore === undefined ? {} : { mycarenet: mycarenet.keystore }),
  })
  return simulatorOf(server, pki.url, end, {
    environment,
    services: served,
    continuity: serviceList,
    timestamps: timestamps.control,
    personas,
    persona: (name) => enrolment.persona(name),
    enrolled: () => enrolment.enrolled(),
    card: createCards({ world, authorities: foundation.authorities }),
    clock,
    runtime,
    world,
    ...viewsOf(world, { anchors: trust.anchors, keystores }),
    faults,
    revoke: async (who, { at = clock.now(), reason = 'unspecified' } = {}) =>
      register.revoke(
        who instanceof Certificate ? who : authenticationCertificateOf(personaActors[who], world.tokens),
        at,
        reason,
      ),
  })
}

function simulatorOf(
  server: ListeningServer,
  pkiUrl: string,
  end: () => Promise<void>,
  parts: Omit<
    Simulator,
    'url' | 'pkiUrl' | 'people' | 'calls' | 'connections' | 'close' | typeof Symbol.asyncDispose
  >,
): Simulator {
  let closing: Promise<void> | undefined
  const close = (): Promise<void> => (closing ??= server.close().finally(end))
  return {
    ...parts,
    url: server.url,
    pkiUrl,
    get people() {
      return peopleOf(parts.world)
    },
    calls: (service, operation, endpoint) => server.counts.get(countKey(service, operation, endpoint)) ?? 0,
    connections: () => server.connections(),
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** The foundation kept in the directory, else a new one; both names of loopback are in the certificate. */
async function foundationFor(
  dir: string | undefined,
  earlier: UnfinishedFoundation | undefined,
  runtime: Runtime,
  publishedAt: string,
): Promise<Foundation> {
  const made = await (earlier === undefined
    ? makeFoundation(runtime, ['localhost', '127.0.0.1'], publishedAt)
    : completeFoundation(earlier, runtime))
  const complete =
    made.tokens.length === earlier?.tokens.length &&
    laterRoles.every((role) => earlier.authorities[role] !== undefined)
  if (complete) return made
  if (dir !== undefined) await saveFoundation(dir, made)
  return made
}

/** The KGSS that the caller brings has a token of its own: the depot must not know two. */
function tokensOf({ tokens }: Foundation, { kgss, register }: SimulatorOptions): DepotToken[] {
  const { certificateType, certificateValue, application } = holders.kgss
  const replaced = ({ type, value, application: of }: DepotToken): boolean =>
    kgss !== undefined && type === certificateType && value === certificateValue && of === application
  return [...tokens.filter((token) => !replaced(token)), ...(register?.tokens ?? [])]
}

const credentialOf = ({ certificate, key }: Authority) =>
  softwareCredential({ certificate, chain: [], privateKey: key })

function tlsOf({ authorities: { tls, issuing } }: Foundation): { key: string; cert: string } {
  return {
    key: tls.key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: tls.certificate.toPem() + issuing.certificate.toPem(),
  }
}

function environmentOf(
  url: string,
  { authorities }: Foundation,
  named: SimulatorOptions['faultEnvironment'] = 'Acceptation',
): Environment {
  const root = authorities.root.certificate.toPem()
  return {
    name: 'simulation',
    baseUrl: url,
    serviceList: { url: url + listPath, environment: named, cbe: platformCbe },
    trust: {
      tls: [root],
      signers: [root],
      sts: [authorities.sts.certificate.toPem()],
      registrationAuthority: [authorities.registrationAuthority.certificate.toPem()],
      timestampAuthority: [authorities.timestampAuthority.certificate.toPem()],
    },
  }
}
