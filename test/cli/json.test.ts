/** Every document that `--json` prints has a schema that takes it and nothing else. */
import { readFileSync, writeFileSync } from 'node:fs'

import type { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { commandTree } from '../../src/cli/program.js'
import { assertSchema, problemsOf, schemaNameOf, schemaNames, schemaOf } from './jsonSchemas.js'
import { ehealth, fixture, startSimulatorProcess, workplace, type RunningSimulator } from './run.js'

type Fields = Record<string, unknown>

const exampleOf = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/json/${name}.json`, import.meta.url), 'utf8'))

/** Commands that print JSON when they are asked to, with `-` for blanks. */
function leaves(program: Command, path: string[] = []): string[] {
  return program.commands.flatMap((one) => {
    const here = [...path, one.name()]
    if (one.commands.length > 0) return leaves(one, here)
    return one.options.some(({ long }) => long === '--json') ? [here.join('-')] : []
  })
}

/** The object that a document is, or the first one that it lists. */
function objectIn(document: unknown): { fields: Fields; within: (changed: Fields) => unknown } {
  if (Array.isArray(document)) return { fields: document[0] as Fields, within: (changed) => [changed] }
  return { fields: document as Fields, within: (changed) => changed }
}

/** Something that is of no type of JSON that a field has at once: neither text, number, list nor null. */
const wrongFor = (value: unknown): unknown => (typeof value === 'boolean' ? { wrong: 1 } : true)

/** Fields of the examples, at the top, that may be absent. */
const optional: Readonly<Record<string, readonly string[]>> = {
  'addressbook-search': ['nihii'],
  'addressbook-show': ['nihii'],
  'card-verify': ['ssin', 'cardNumber'],
  'consent-get': ['consent'],
  'ehbox-absence-insert': ['id'],
  'ehbox-ack': ['published', 'received', 'read'],
  'ehbox-list': ['title', 'mimeType', 'size'],
  'ehbox-read': ['publicationId', 'size', 'verification'],
  'ehbox-send': ['id'],
  'ehbox-watch': ['publicationId', 'size', 'verification'],
  'keystore-tokens': ['entries'],
  'member-data-get': ['insurer', 'person', 'signature'],
  'timestamp-audit': ['documents'],
  'timestamp-prove': ['sha256'],
  'timestamp-serve': ['url', 'watch'],
  'timestamp-stamp': ['at', 'accuracyMs', 'policy', 'imprint', 'wrapping', 'tsa', 'signer', 'path'],
  'timestamp-verify': [
    ...['serial', 'genTimeMs', 'at', 'accuracyMs', 'policy', 'imprint', 'wrapping', 'tsa', 'signer', 'path'],
  ],
  verify: ['policy', 'covered', 'payload'],
}

describe('the schemas in docs/schemas', () => {
  it('are one for each command with --json, and one for failures', async () => {
    const commands = leaves(await commandTree())
    expect(commands.length).toBeGreaterThan(45)
    expect([...schemaNames].sort()).toEqual(['error', ...commands].sort())
  })

  it.each(schemaNames)('%s is described, and closed', (name) => {
    const schema = schemaOf(name)
    expect(schema['$id']).toBe(`urn:ehealth-connectors:json:${name}`)
    expect(schema['title']).toMatch(/^ehealth/)
    expect(schema['description']).toMatch(/^[A-Z`].*\.$/)
    const open: unknown[] = []
    JSON.stringify(schema, (key, value: Fields) => {
      if (value?.['properties'] && value['additionalProperties'] !== false && key !== 'properties')
        open.push(value)
      return value
    })
    expect(open).toEqual([])
  })

  it.each(schemaNames)('%s takes its example', (name) => {
    expect(problemsOf(name, exampleOf(name))).toEqual([])
  })

  it.each(schemaNames)('%s refuses a field that is wrong, missing or too many', (name) => {
    const { fields, within } = objectIn(exampleOf(name))
    const taken = (changed: Fields): boolean => problemsOf(name, within(changed)).length === 0
    expect(taken({ ...fields, unheardOf: 1 })).toBe(false)
    const wrong = Object.keys(fields).filter((field) =>
      taken({ ...fields, [field]: wrongFor(fields[field]) }),
    )
    expect(wrong).toEqual([])
    const dispensable = Object.keys(fields).filter((field) => {
      const { [field]: _, ...rest } = fields
      return taken(rest)
    })
    expect(dispensable.sort()).toEqual([...(optional[name] ?? [])].sort())
    expect(problemsOf(name, within({}))).not.toEqual([])
  })

  it('are in the package', async () => {
    const { default: schema } = (await import('ehealth-connectors/schemas/ehbox-list.schema.json', {
      with: { type: 'json' },
    })) as { default: Fields }
    expect(schema).toEqual(schemaOf('ehbox-list'))
  })
})

describe('what a test sees of a command', () => {
  const call = ['ehbox', 'move', 'X', '--json']
  const printed = (document: unknown): string => JSON.stringify(document)

  it('is the schema of the longest name', () => {
    expect(schemaNameOf(['ehbox', 'absence', 'list', '--json'])).toBe('ehbox-absence-list')
    expect(schemaNameOf(['identifier', 'list', '--json'])).toBe('identifier')
    expect(schemaNameOf(['completion', 'bash'])).toBeUndefined()
  })

  it('is an error where the output breaks the schema, is a failure without the code, or no JSON', () => {
    assertSchema(call, printed({ done: [], failed: ['X'] }), 1)
    assertSchema(call, printed({ error: { code: 'usage', message: 'm' } }), 2)
    expect(() => assertSchema(call, printed({ done: [] }), 0)).toThrow(/required property 'failed'/)
    expect(() => assertSchema(call, printed({ error: { code: 'usage', message: 'm' } }), 0)).toThrow(
      /ehbox-move/,
    )
    expect(() => assertSchema(call, printed({ error: { code: 'usage' } }), 2)).toThrow(/error\.schema/)
    expect(() => assertSchema(call, 'moved', 0)).toThrow(/no JSON/)
    expect(() => assertSchema(call, '', 2)).toThrow(/no failure/)
    expect(() => assertSchema(['completion', 'bash', '--json'], '{}', 0)).toThrow(/no schema/)
  })

  it('is every line of a command that prints one a document', () => {
    const line = printed(exampleOf('member-data-batch'))
    assertSchema(['member-data', 'batch', '--json'], `${line}\n${line}\n`, 0)
    expect(() => assertSchema(['member-data', 'batch', '--json'], `${line}\n{}\n`, 0)).toThrow(
      /member-data-batch/,
    )
  })
})

describe('documents that no other test prints', () => {
  const at = workplace()
  let simulator: RunningSimulator
  beforeAll(async () => {
    simulator = await startSimulatorProcess(['--port', '0', '--dir', at('platform')])
    const { patients } = JSON.parse(readFileSync(at('platform/personas.json'), 'utf8')) as {
      patients: Record<string, object>
    }
    writeFileSync(at('patient.json'), JSON.stringify(patients['adult']))
  })
  afterAll(() => simulator.stop())

  const run = async (persona: string, words: string): Promise<Fields> => {
    const parameters = words.split(' ').map((word) => word.replace('DIR', at('.')))
    const as = ['--simulator', at('platform'), '--persona', persona, '--json']
    const { code, json, stderr } = await ehealth([...parameters, ...as])
    expect(code, stderr).toBe(0)
    return json()
  }

  it('are those of consent and links', async () => {
    const outcomes: unknown[] = []
    for (const words of [
      'consent get',
      'consent declare',
      'consent get',
      'therlink has',
      'therlink declare',
      'therlink list',
      'therlink has',
      'therlink revoke',
      'consent revoke',
    ])
      outcomes.push((await run('physician', `${words} --patient @DIR/patient.json`))['outcome'])
    expect(outcomes.join()).toBe('known,declared,known,answered,declared,found,answered,revoked,revoked')
  }, 90_000)

  it('are those of a key of the KGSS and of a number', async () => {
    const { id } = await run('physician', 'kgss new-key --allow nurse --out DIR/one')
    expect(await run('nurse', `kgss get-key ${String(id)} --out DIR/other`)).toMatchObject({ id, bits: 128 })
    expect(await run('physician', 'person history 68052199235')).toMatchObject({ outcome: 'current' })
  })

  it('are those of a time stamp in a file', async () => {
    const stamps = fixture('timestamps')
    const token = [
      'timestamp',
      'verify',
      '--json',
      '--tsa',
      `${stamps}/pki`,
      '--',
      `${stamps}/tokens/token-der.bin`,
    ]
    expect((await ehealth(token)).json()).toMatchObject({
      kind: 'timestamp',
      checks: expect.any(Array) as unknown,
    })
  })
})

/** Where each document is printed, and so held against its schema: a file of test/cli, with the words that run it. */
const printedIn: Readonly<Record<string, readonly [file: string, words: string]>> = {
  'addressbook-search': ['addressbook', "'search'"],
  'addressbook-show': ['addressbook', "'show'"],
  call: ['call', "'call'"],
  'card-verify': ['personCreate', "'verify', '--card'"],
  'consent-declare': ['json', 'consent declare'],
  'consent-get': ['json', 'consent get'],
  'consent-revoke': ['json', 'consent revoke'],
  demo: ['demo', "'demo'"],
  doctor: ['doctor', "'doctor'"],
  'ehbox-absence-delete': ['mailbox', "'absence', 'delete'"],
  'ehbox-absence-insert': ['mailbox', "'absence', 'insert'"],
  'ehbox-absence-list': ['mailbox', "'absence', 'list'"],
  'ehbox-ack': ['mailbox', "'ack'"],
  'ehbox-delete': ['mailbox', "'delete'"],
  'ehbox-info': ['mailbox', "'info'"],
  'ehbox-list': ['mailbox', "'list'"],
  'ehbox-move': ['mailbox', "'move'"],
  'ehbox-read': ['flow', "'read'"],
  'ehbox-send': ['mailbox', "'send'"],
  'ehbox-watch': ['mailbox', "'watch'"],
  error: ['flow', 'error: {'],
  explain: ['explain', "'--json'"],
  'etk-get': ['flow', "'get'"],
  'etk-inspect': ['revocation', "'inspect'"],
  identifier: ['identifier', "'identifier'"],
  init: ['init', "'init'"],
  'keystore-inspect': ['flow', "'inspect'"],
  'kgss-get-key': ['json', 'kgss get-key'],
  'kgss-new-key': ['kgss', "'new-key'"],
  'may-read': ['patientAccess', "may-read'"],
  'member-data-batch': ['memberDataBatch', "'batch'"],
  'member-data-get': ['memberData', "'get'"],
  'person-create': ['personCreate', "'create'"],
  'person-get': ['person', "'get'"],
  'person-history': ['json', 'person history'],
  'person-search': ['person', "'search'"],
  seal: ['kgss', "'seal'"],
  simulator: ['flow', 'startSimulatorProcess'],
  'therlink-declare': ['json', 'therlink declare'],
  'therlink-has': ['json', 'therlink has'],
  'therlink-list': ['json', 'therlink list'],
  'therlink-revoke': ['json', 'therlink revoke'],
  'timestamp-audit': ['prescriptionArchive', "'audit'"],
  'timestamp-consult': ['timestamp', "'consult'"],
  'timestamp-export': ['prescriptionArchive', "'export'"],
  'timestamp-prove': ['prescriptionArchive', "'prove'"],
  'timestamp-serve': ['prescriptionArchive', "'serve'"],
  'timestamp-stamp': ['timestamp', "'stamp'"],
  'timestamp-verify': ['json', "'timestamp', 'verify'"],
  token: ['flow', "'token'"],
  unseal: ['kgss', "'unseal'"],
  verify: ['verify', "'verify', '--json'"],
}

describe('the tests', () => {
  it('print every document', () => {
    const names = schemaNames.filter((name) => name !== 'keystore-tokens')
    expect(Object.keys(printedIn).sort()).toEqual([...names].sort())
    for (const [name, [file, words]] of Object.entries(printedIn)) {
      const source = readFileSync(new URL(`${file}.test.ts`, import.meta.url), 'utf8')
      expect(source.includes(words) && /--json|json\(\)|assertSchema/.test(source), name).toBe(true)
    }
  })
})
