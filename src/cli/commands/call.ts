import { Option, type Command } from 'commander'

import {
  openService,
  type OpenServiceOptions,
  type ServiceOptions,
  type Shape,
  type SoapService,
} from '../../technical/service/index.js'
import { createRecorder } from '../../technical/soap/recording.js'
import {
  addConnectionOptions,
  openConnection,
  readEnvironment,
  type ConnectionOptions,
} from '../connection.js'
import { assertFile, readInput, readNamed } from '../input.js'
import { t } from '../language/index.js'
import type { Call } from '../json/index.js'
import { plain, print, printJson, remark, styled, UsageError } from '../output.js'
import { version } from '../version.js'
import { showWire } from '../wire.js'

const securities = ['none', 'x509', 'saml-hok', 'saml-timestamp'] as const

interface CallOptions extends ConnectionOptions {
  data?: string
  endpoint?: string
  security?: (typeof securities)[number]
  port?: string
  remoteImports?: boolean
  list?: boolean
  /** False with `--no-soap-action`. */
  soapAction?: boolean
}

/** `ehealth call`: any operation of any service by its WSDL. */
export function registerCall(program: Command): void {
  addConnectionOptions(
    program
      .command('call')
      .description('call an operation of any service by its WSDL, or list the operations')
      .argument('<wsdl>', 'the WSDL: a file or an https URL')
      .argument('[operation]', 'the operation')
      .option(
        '--data <json>',
        'its data: JSON, @FILE, or - for stdin; a file or text of XML is sent as it is',
      )
      .option('--endpoint <url>', 'where to call it, when not at its path on the host of the environment')
      .addOption(new Option('--security <form>', 'security header').choices(securities))
      .option('--port <name>', 'port of the WSDL, when it has several')
      .option('--no-soap-action', 'send no SOAPAction, as the official connector does to some services')
      .option('--remote-imports', 'follow imports of the WSDL to other hosts')
      .option('--list', 'list the operations with the shape of their data, and call nothing'),
  ).action(run)
}

async function run(wsdl: string, operation: string | undefined, options: CallOptions): Promise<void> {
  if (!/^[a-z][a-z+.-]+:/i.test(wsdl)) await assertFile(wsdl)
  if (options.list === true) return list(wsdl, operation, options)
  if (operation === undefined) throw new UsageError('name the operation, or give --list')
  const data = await readData(options.data)
  const { service, close } = await open(wsdl, options)
  try {
    const { value, meta, attachments } = await service.call(
      operation,
      data,
      options.soapAction === false ? { soapAction: false } : {},
    )
    const { raw: _, ...known } = meta
    if (options.json === true)
      return printJson<Call>({
        value: jsonOf(value),
        attachments: [...attachments.values()].map(({ contentId, contentType, content }) => ({
          contentId,
          contentType,
          content: Buffer.from(content).toString('base64'),
        })),
        meta: known,
      })
    printJson<unknown>(jsonOf(value))
    remark(styled('dim', t`HTTP ${meta.httpStatus} in ${Math.round(meta.milliseconds)} ms`, process.stderr))
  } finally {
    await close()
  }
}

interface Opened {
  service: SoapService
  close: () => Promise<void> | void
}

/** With a keystore as its owner; without one standing alone, for services that are open to all. */
async function open(wsdl: string, options: CallOptions): Promise<Opened> {
  const wanted = serviceOptions(options)
  if (options.keystore === undefined && options.simulator === undefined) {
    const service = await openService(wsdl, { ...wanted, ...(await standingAlone(options)) })
    return { service, close: () => service.close() }
  }
  const me = await openConnection(options)
  try {
    return { service: await me.technical.service(wsdl, wanted), close: () => me.close() }
  } catch (error) {
    await me.close()
    throw error
  }
}

async function standingAlone(options: CallOptions): Promise<OpenServiceOptions> {
  const environment = options.environment === undefined ? undefined : await readEnvironment(options)
  const trust =
    options.trustTls === undefined ? undefined : await Promise.all(options.trustTls.map(readNamed))
  return {
    userAgent: `ehealth-connectors/${version()}`,
    ...(environment === undefined ? {} : { environment }),
    ...(trust === undefined ? {} : { trust }),
    ...(options.record === undefined ? {} : { recorder: createRecorder(options.record) }),
    ...(options.debug === true ? { on: showWire } : {}),
  }
}

function serviceOptions({ endpoint, security, port, remoteImports }: CallOptions): ServiceOptions {
  return {
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(security === undefined ? {} : { security }),
    ...(port === undefined ? {} : { port }),
    ...(remoteImports === undefined ? {} : { remoteImports }),
  }
}

/** JSON, or XML as text. */
async function readData(given: string | undefined): Promise<unknown> {
  if (given === undefined) return {}
  const bytes =
    given === '-' ? await readInput('-') : given.startsWith('@') ? await readNamed(given.slice(1)) : given
  const text = (typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('utf8')).replace(
    /^\ufeff/,
    '',
  )
  if (/^\s*</.test(text)) return text
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new UsageError('--data is neither JSON nor XML')
  }
}

/** Octets become base64, as they are given. */
function jsonOf(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map(jsonOf)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, jsonOf(inner)]))
}

async function list(wsdl: string, operation: string | undefined, options: CallOptions): Promise<void> {
  const trust = options.trustTls && (await Promise.all(options.trustTls.map(readNamed)))
  const simulated = options.simulator === undefined ? undefined : await readEnvironment(options)
  using service = await openService(wsdl, {
    ...serviceOptions(options),
    ...(simulated === undefined ? {} : { environment: simulated }),
    ...(trust === undefined ? {} : { trust }),
  })
  const all = service.operations.filter(({ name }) => operation === undefined || name === operation)
  // an operation that there is not is told in the same words as when it is called
  if (operation !== undefined && all.length === 0) service.describe(operation)
  const described = all.map((one) => ({
    ...one,
    ...(one.request === undefined || one.response === undefined ? {} : service.describe(one.name)),
  }))
  if (options.json === true)
    return printJson<Call>({ service: service.name, port: service.port, operations: described })
  print(styled('bold', `${plain(service.name)} (${plain(service.port)})`))
  for (const { name, soapAction, security, request, input } of described) {
    print()
    print(`${styled('bold', plain(name))}  ${security ?? t`security unknown`}  "${plain(soapAction)}"`)
    if (input === undefined) print(t`  not document/literal with one element there and one back`)
    else printShape(input, request ?? '', '  ')
  }
}

function printShape(shape: Shape, name: string, indent: string): void {
  if (typeof shape === 'string') return print(`${indent}${plain(name)}: ${plain(shape)}`)
  print(`${indent}${plain(name)}`)
  for (const [field, inner] of Object.entries(shape)) printShape(inner, field, `${indent}  `)
}
