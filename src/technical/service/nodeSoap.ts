/**
 * The service as a client of node-soap (docs/decisions/0013-node-soap.md): node-soap reads the WSDL that was loaded and
 * checked before, and offers its operations in its own way; what a call then does is ours from the first octet to the
 * last.
 */
import type { Client } from 'soap'

import { EHealthError } from '../../errors.js'
import type { Attachment } from '../soap/types.js'
import { schemaNamespace, type LoadedDocument } from './documents.js'
import { callOperation, findOperation, type OpenedService } from './operations.js'
import type { ServiceCallOptions, ServiceResult } from './types.js'

/** What node-soap is told about a document: not where it really is, so that it can fetch nothing by itself. */
const addressOf = (index: number): string => `https://documents.invalid/${index}`

/** Until the caller sets another one: every call decides for itself. */
const undecided = 'https://service.invalid/'

/** The one place that every call of node-soap comes through. */
type Invoke = (
  method: { $name: string },
  data: unknown,
  endpoint: string,
  callback: Callback,
  options?: ServiceCallOptions,
  headers?: object,
) => void

type Callback = (
  error: unknown,
  value?: unknown,
  rawResponse?: string,
  soapHeader?: unknown,
  rawRequest?: string,
  attachments?: { parts: { body: Uint8Array; headers: Record<string, string> }[] },
) => void

/** What is reached of a client beside its public face. */
interface Inside {
  _invoke: Invoke
  SOAPAction?: string
  security?: unknown
  soapHeaders?: unknown[] | null
  httpHeaders?: object | null
  bodyAttributes?: unknown[] | null
}

/** @throws EHealthError `service.wsdl` when node-soap does not get along with the WSDL */
export async function nodeSoapClient(opened: OpenedService): Promise<Client> {
  const { Client: SoapClient, createClientAsync } = await import('soap')
  if (typeof (SoapClient.prototype as unknown as Partial<Inside>)._invoke !== 'function')
    throw new EHealthError('configuration.unsupported', 'this version of node-soap is not known')
  let client: Client
  try {
    client = await createClientAsync(addressOf(0), {
      disableCache: true,
      endpoint: undecided,
      // declared with the promise of axios, of which node-soap makes no use
      httpClient: documentServer(opened.documents) as never,
      wsdl_options: { overrideImportLocation: importLocation(opened.documents) },
    })
  } catch (cause) {
    throw new EHealthError('service.wsdl', 'node-soap cannot use this WSDL', {
      hint: 'Use call() of the service: it reads the WSDL by itself.',
      cause,
    })
  }
  const inside = client as unknown as Inside
  inside._invoke = (method, data, endpoint, callback, options = {}, headers = {}) => {
    invoke(opened, client, { name: method.$name, data, endpoint, options, headers }).then(
      (result) => {
        const { request, response } = result.meta.raw
        callback(null, result.value, response, undefined, request, partsOf(result.attachments))
      },
      (error: unknown) => {
        client.emit('soapError', error, '')
        callback(error)
      },
    )
  }
  return client
}

interface Invocation {
  name: string
  data: unknown
  endpoint: string
  options: ServiceCallOptions
  headers: object
}

async function invoke(opened: OpenedService, client: Client, call: Invocation): Promise<ServiceResult> {
  const inside = client as unknown as Inside
  refuseHeaders(inside, call.headers)
  const options =
    call.endpoint === undecided ? opened.options : { ...opened.options, endpoint: call.endpoint }
  const result = await callOperation(
    { ...opened, options },
    findOperation(opened.port, call.name),
    readyMade(call.data),
    {
      ...call.options,
      ...(inside.SOAPAction === undefined ? {} : { soapAction: inside.SOAPAction }),
    },
  )
  const { request, response } = result.meta.raw
  Object.assign(client, { lastRequest: request, lastResponse: response, lastEndpoint: result.meta.endpoint })
  client.emit('request', request, '')
  client.emit('response', response, undefined, '')
  return result
}

/** What would be left out silently is refused: the headers are written by the connection. */
function refuseHeaders(inside: Inside, headers: object): void {
  const { security, soapHeaders, httpHeaders, bodyAttributes } = inside
  const given =
    (security !== undefined && security !== null) ||
    (soapHeaders?.length ?? 0) > 0 ||
    (bodyAttributes?.length ?? 0) > 0 ||
    Object.keys({ ...httpHeaders, ...headers }).length > 0
  if (given)
    throw new EHealthError('configuration.unsupported', 'security and headers are those of the connection', {
      hint: 'Leave setSecurity, addSoapHeader, addHttpHeader and addBodyAttribute alone.',
    })
}

/** node-soap takes a whole element as `_xml`. */
function readyMade(data: unknown): unknown {
  const xml = (data as { _xml?: unknown } | null | undefined)?._xml
  return typeof xml === 'string' ? xml : data
}

function partsOf(attachments: ReadonlyMap<string, Attachment>): Parameters<Callback>[5] {
  return {
    parts: [...attachments.values()].map(({ contentId, contentType, content }) => ({
      body: content,
      headers: { 'content-id': `<${contentId}>`, 'content-type': contentType },
    })),
  }
}

type Answer = (error: unknown, response?: { status: number }, body?: string) => void

/** Serves what was loaded, and for the namespace `xml`, which nobody loads, a schema with nothing in it. */
function documentServer(documents: readonly LoadedDocument[]): object {
  return {
    request: (url: string, _data: unknown, answer: Answer) => {
      const index = documents.findIndex((_, i) => addressOf(i) === url)
      const text = documents[index]?.document.source ?? `<xs:schema xmlns:xs="${schemaNamespace}"/>`
      queueMicrotask(() => answer(null, { status: 200 }, text))
    },
  }
}

function importLocation(documents: readonly LoadedDocument[]) {
  return (_: string, base: string, location: string): string => {
    const from = documents[Number(base.split('/').at(-1))]
    const url = URL.canParse(location, from?.url) ? new URL(location, from?.url).href : location
    return addressOf(documents.findIndex((document) => document.url === url))
  }
}
