/** What a block takes for granted: what a reader has at hand when he copies it, by name and type. */
const all = (type: string, ...names: string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, type]))
const of = (subpath: string, name: string): string => `import('ehealth-connectors${subpath}').${name}`
const inside = (file: string, name: string): string => `import('../../../src/${file}.js').${name}`
const certificate = of('/pki', 'Certificate')

/** For every block. */
export const standIns: Readonly<Record<string, string>> = {
  ...all('string', 'ssin', 'nihii', 'nurseSsin', 'nurseNihii', 'hospitalNihii', 'patientSsin'),
  ...all(
    'string',
    'stsPem',
    'rootPem',
    'pem',
    'password',
    'url',
    'endpoint',
    'assertionXml',
    'stored',
    'redisUrl',
    'eidCard',
    'licencePassword',
  ),
  ...all(
    'Uint8Array',
    'pdf',
    'letter',
    'bytes',
    'body',
    'etk',
    'sealed',
    'stamp',
    'storeKey',
    'flatFile',
    'batch',
  ),
  ...all(certificate, 'leaf', 'certificate', 'stsCertificate'),
  ...all(`readonly ${certificate}[]`, 'intermediates', 'anchors', 'chain', 'trust', 'sts'),
  me: `${of('', 'Connection')}<
    'ehbox' | 'eh2ebox' | 'addressBook' | 'consent' | 'therlink' | 'access' | 'memberData' | 'genericAsync' | 'memberDataAsync' | 'registration'
  >`,
  options: `Omit<${of('', 'ConnectOptions')}<'ehbox'>, 'businessContinuity'>`,
  session: of('/session', 'Session'),
  simulator: of('/simulator', 'Simulator'),
  keystore: of('/keystore', 'Keystore'),
  keys: `readonly ${of('/keystore', 'DecryptionKey')}[]`,
  token: of('/seal', 'VerifiedToken'),
  issued: of('/sts', 'Token'),
  ...all(of('/keystore', 'Credential'), 'credential', 'eid'),
  privateKey: `import('node:crypto').KeyObject`,
  runtime: of('', 'Runtime'),
  transport: of('/soap', 'Transport'),
  emit: of('/soap', 'EventListener'),
  context: of('/soap', 'PipelineContext'),
  security: of('/soap', 'Security'),
  assertion: of('/soap', 'SamlAssertion'),
  operation: `${of('/soap', 'Operation')}<{ Question: string }, { Answer: string; At: Date }>`,
  demoOperations: `{ ask: ${of('/soap', 'Operation')}<{ Question: string }, { Answer: string; At: Date }> }`,
  getBoxInfo: `${of('/soap', 'Operation')}<{ BoxId?: undefined }, { CurrentSize?: bigint }>`,
  GetBoxInfoRequest: `${of('/xml', 'ElementDeclaration')}<{ BoxId?: undefined }>`,
  request: '{ Question: string; headers: Record<string, string> }',
  logger: of('/observability', 'Logger'),
  askPin: '(question: string) => Promise<string>',
  keep: '(key: string, content: Uint8Array) => Promise<void>',
  patient: of('/consent', 'Patient'),
  auditTrail: `{ write(use: ${of('/access', 'BrokenGlass')}): Promise<void> }`,
}

const business = `import { namespace, optional, type Infer } from '../../../src/technical/xml/index.js'
import type { Operation } from '../../../src/technical/soap/types.js'
import type { Session } from '../../../src/technical/session/index.js'
import { BoxId } from '../../../src/business/ehbox/contract/core.js'
import { consultationOperations } from '../../../src/business/ehbox/contract.js'
import { GetBoxInfoRequest, GetBoxInfoResponse } from '../../../src/business/ehbox/contract.js'
import { boxField, type BoxInfo, type BoxOptions } from '../../../src/business/ehbox/info.js'
import { partyOf } from '../../../src/business/ehbox/parties.js'
import { assertSuccess } from '../../../src/business/ehbox/status.js'
import { unreadable } from '../../../src/business/ehbox/unreadable.js'`
const simulated = `import { simulate, type SimulatedService } from '../../../src/simulator/service.js'
import { soaRefusal } from '../../../src/simulator/refusal.js'
import { publicationOperations } from '../../../src/business/ehbox/contract.js'`

/** For pages that speak to contributors: what a file of the house imports there. */
export const houseImports: Readonly<Record<string, string>> = {
  'docs/adding-a-service.md': `${business}\n${simulated}`,
  'docs/simulator.md': simulated,
  'src/simulator/service.ts': simulated,
}

/** Functions of the contributor's own. */
export const houseFunctions = `declare function publish(
  world: ${inside('simulator/world', 'World')},
  caller: ${inside('simulator/service', 'Caller')},
  request: ${inside('business/ehbox/contract', 'SendMessageRequest')},
  now: Date,
): ${inside('business/ehbox/contract', 'SendMessageResponse')}
`
