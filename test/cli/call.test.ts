import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { ehealth, startSimulatorProcess, workplace, type RunningSimulator } from './run.js'

const parcels = fileURLToPath(new URL('../../fixtures/service/parcels.wsdl', import.meta.url))
const wrongFile = fileURLToPath(
  new URL('../../fixtures/wss/envelopes/p01-x509-rsa-sha256.xml', import.meta.url),
)
const file = workplace()
let simulator: RunningSimulator
let hospital: string
const as = (name: string): string[] => ['--simulator', file('sim'), '--persona', name]
const wsdl = (path: string): string => `${simulator.ready.url}${path}?wsdl`
const search = (): string =>
  JSON.stringify({ SearchCriteria: { Identifier: [{ Type: 'NIHII-HOSPITAL', Value: hospital }] } })

beforeAll(async () => {
  simulator = await startSimulatorProcess(['--port', '0', '--dir', file('sim')])
  const { personas } = JSON.parse(readFileSync(file('sim/personas.json'), 'utf8')) as {
    personas: { name: string; nihii: string }[]
  }
  hospital = personas.find(({ name }) => name === 'hospital')!.nihii
})
afterAll(() => simulator.stop())

describe('ehealth call', () => {
  it('calls an operation with the token of the caller and prints the answer as JSON', async () => {
    const { code, stdout, stderr, json } = await ehealth([
      'call',
      wsdl('/ehBoxConsultation/v3'),
      'getBoxInfo',
      '--record',
      file('recording'),
      ...as('hospital'),
    ])
    expect(stderr).toMatch(/^HTTP 200 in \d+ ms$/m)
    expect(code).toBe(0)
    expect(json()).toMatchObject({ Status: { Code: '100' }, BoxId: { Id: hospital, Quality: 'HOSPITAL' } })
    expect(stdout).not.toContain('Assertion')
    expect(readdirSync(file('recording'))).toEqual(
      expect.arrayContaining([expect.stringMatching(/^\d+-ehboxconsultation-getBoxInfo-request\.xml$/)]),
    )
  })

  it('needs no keys for a service that is open to all, and takes data from text, file and stdin', async () => {
    const root = ['--trust-tls', file('sim/pki/root.pem'), '--json']
    writeFileSync(file('data.json'), `\ufeff${search()}`)
    const xml = `<p:GetEtkRequest xmlns:p="urn:be:fgov:ehealth:etkdepot:1_0:protocol"><p:SearchCriteria><p:Identifier><p:Type>NIHII-HOSPITAL</p:Type><p:Value>${hospital}</p:Value></p:Identifier></p:SearchCriteria></p:GetEtkRequest>`
    for (const [data, input] of [
      [search(), ''],
      [`@${file('data.json')}`, ''],
      ['-', xml],
    ] as const) {
      const parameters = ['call', wsdl('/EtkDepot/v1'), 'GetEtk', '--data', data, ...root]
      const { code, json, stderr } = await ehealth(parameters, { input })
      expect(stderr).toBe('')
      expect(code).toBe(0)
      const { value, meta } = json<{ value: { ETK: string }; meta: object }>()
      expect(value.ETK).toMatch(/^MI[A-Za-z0-9+/]+=*$/)
      expect(meta).toMatchObject({ operation: 'GetEtk', httpStatus: 200 })
      expect(meta).not.toHaveProperty('raw')
    }
  })

  it('lists operations with the shape of their data, without calling anything', async () => {
    const shown = await ehealth(['call', parcels, '--list'])
    expect(shown.code).toBe(0)
    expect(shown.stdout).toMatch(/^ParcelsService \(Parcels\)$/m)
    expect(shown.stdout).toMatch(/^Send {2}saml-hok {2}"urn:test:parcels:Send"$/m)
    expect(shown.stdout).toMatch(/^ {4}Receiver\[\]$/m)
    expect(shown.stdout).toMatch(/^Track {2}security unknown {2}""$/m)
    expect(shown.stdout).toMatch(/^Shout .*\n {2}not document\/literal/m)
    const { code, json } = await ehealth(['call', parcels, 'Track', '--list', '--json'])
    expect(code).toBe(0)
    expect(json()).toEqual({
      service: 'ParcelsService',
      port: 'Parcels',
      operations: [
        {
          name: 'Track',
          soapAction: '',
          request: 'TrackRequest',
          response: 'TrackResponse',
          input: { Number: 'long', 'Within?': '…' },
          output: { At: 'dateTime', 'Steps?': 'int', 'Delivered?': 'boolean', 'Codes?': 'list of int' },
        },
      ],
    })
    const served = await ehealth(['call', wsdl('/EtkDepot/v1'), '--list', ...as('nurse')])
    expect(served.stdout).toMatch(/^GetEtk {2}none {2}""$/m)
  })

  const mailbox = (...more: string[]) => ['call', wsdl('/ehBoxConsultation/v3'), ...more, ...as('nurse')]
  const inbox = ['--data', '{"Source":"INBOX"}']
  it.each<[number, string, () => string[]]>([
    [1, 'contract.invalid', () => mailbox('getMessagesList', '--data', '{}')],
    [
      1,
      'fault.malformed',
      () => mailbox('getMessagesList', ...inbox, '--endpoint', simulator.ready.url + '/EtkDepot/v1'),
    ],
    [1, 'service.wsdl', () => ['call', wrongFile, 'x', ...as('nurse')]],
    [2, 'usage', () => ['call', 'missing.wsdl', 'x', ...as('nurse')]],
    [1, 'contract.invalid', () => ['call', parcels, 'Send', '--endpoint', simulator.ready.url]],
    [2, 'service.operation', () => mailbox('nothing')],
    [2, 'service.operation', () => mailbox('nothing', '--list')],
    [2, 'usage', () => mailbox()],
    [2, 'usage', () => mailbox('getBoxInfo', '--data', '{')],
    [2, 'usage', () => mailbox('getBoxInfo', '--data', '@missing.json')],
    [
      2,
      'configuration.invalid',
      () => ['call', parcels, 'Track', '--data', '{"Number":1}', '--security', 'none', ...as('nurse')],
    ],
  ])('ends with %i and %s where that is the case: %#', async (code, error, parameters) => {
    const outcome = await ehealth([...parameters(), '--json'])
    expect(outcome.code).toBe(code)
    expect(outcome.json<{ error: object }>().error).toMatchObject({ code: error })
  })
})
