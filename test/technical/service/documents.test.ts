import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'

import { afterAll, describe, expect, it } from 'vitest'

import { loadDocuments, type DocumentOptions } from '../../../src/technical/service/documents.js'
import { readPorts } from '../../../src/technical/service/wsdl.js'
import { noFetch, parcels, parcelsFile, parcelsUrl } from './support.js'

const directory = mkdtempSync(join(tmpdir(), 'wsdl-'))
afterAll(() => rmSync(directory, { recursive: true }))

const wsdl = (types: string): string =>
  `<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:xs="http://www.w3.org/2001/XMLSchema"><wsdl:types>${types}</wsdl:types></wsdl:definitions>`
const importing = (location: string, namespace = 'urn:x'): string =>
  wsdl(`<xs:schema><xs:import namespace="${namespace}" schemaLocation="${location}"/></xs:schema>`)

/** Loads a document of this text, from a file or, with a map of URLs, from a server. */
async function load(text: string, options: DocumentOptions = {}, served: Record<string, string> = {}) {
  const file = join(directory, 'service.wsdl')
  writeFileSync(file, text)
  return loadDocuments(file, fetching(served), options)
}

const fetching =
  (served: Record<string, string>) =>
  async (url: string): Promise<Uint8Array> => {
    const text = served[url]
    if (text === undefined) throw new Error(`fetched ${url}`)
    return Buffer.from(text)
  }

describe('loading a WSDL', () => {
  it('takes a path, a file URL as text or as URL, and follows imports that go in circles once', async () => {
    const names = ['parcels.wsdl', 'parcels.xsd', 'core.xsd', 'shared.xsd']
    const locations = [parcelsFile, relative(process.cwd(), parcelsFile), parcelsUrl, parcelsUrl.href]
    for (const location of locations) {
      const documents = await loadDocuments(location, noFetch)
      expect(documents.map(({ url }) => url.split('/').at(-1))).toEqual(names)
    }
  })

  it('takes an https URL, and imports of the same server', async () => {
    const served = {
      'https://host.test/a/service?wsdl': importing('../b/types.xsd'),
      'https://host.test/b/types.xsd': '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>',
    }
    const documents = await loadDocuments('https://host.test/a/service?wsdl', fetching(served))
    expect(documents.map(({ url }) => url)).toEqual(Object.keys(served))
  })

  it('follows an import to another host on request only, and never back to the files of this machine', async () => {
    const other = 'https://other.test/types.xsd'
    const served = { [other]: '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>' }
    const refused = { code: 'service.wsdl', message: expect.stringContaining('other.test') as string }
    await expect(load(importing(other), {}, served)).rejects.toMatchObject(refused)
    expect(await load(importing(other), { remoteImports: true }, served)).toHaveLength(2)

    for (const location of ['file:///etc/passwd', pathToFileURL(parcelsFile).href]) {
      const pages = { 'https://host.test/a': importing(location) }
      const loading = loadDocuments('https://host.test/a', fetching(pages), { remoteImports: true })
      await expect(loading).rejects.toMatchObject({ code: 'service.wsdl' })
    }
    const plain = load(importing('http://other.test/types.xsd'), { remoteImports: true })
    await expect(plain).rejects.toMatchObject({ code: 'service.wsdl' })
  })

  it('needs nothing for the namespace of xml:lang, which everybody imports from afar', async () => {
    const documents = await load(
      importing('http://www.w3.org/2001/xml.xsd', 'http://www.w3.org/XML/1998/namespace'),
    )
    expect(documents).toHaveLength(1)
  })

  it('refuses document types and entities, in the WSDL and in what it imports', async () => {
    const bomb = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    await expect(load(bomb)).rejects.toMatchObject({ code: 'xml.doctype' })
    writeFileSync(join(directory, 'bomb.xsd'), bomb)
    await expect(load(importing('bomb.xsd'))).rejects.toMatchObject({ code: 'xml.doctype' })
  })

  it('refuses what is too large, too much, cut off or not there', async () => {
    const text = importing('missing.xsd')
    await expect(load(text, { maxBytes: 50 })).rejects.toMatchObject({ code: 'service.wsdl' })
    const server = fetching({ 'https://host.test/a': text })
    const fetched = loadDocuments('https://host.test/a', server, { maxBytes: 50 })
    await expect(fetched).rejects.toMatchObject({ code: 'service.wsdl' })
    await expect(load(text)).rejects.toMatchObject({
      code: 'service.wsdl',
      message: 'cannot read missing.xsd: ENOENT',
    })
    await expect(load(text.slice(0, -20))).rejects.toMatchObject({ code: 'xml.malformed' })
    const few = loadDocuments(parcelsFile, noFetch, { maxDocuments: 3 })
    await expect(few).rejects.toMatchObject({ code: 'service.wsdl' })
    await expect(load(importing('http://['))).rejects.toMatchObject({ code: 'service.wsdl' })
  })

  it('ends in an error of this library wherever a document is cut off', async () => {
    const text = readFileSync(parcelsFile, 'utf8')
    for (let end = 0; end < text.length - 1; end += 97) {
      const loading = loadDocuments('https://host.test/a', async () => Buffer.from(text.slice(0, end)))
      await expect(loading).rejects.toMatchObject({ code: 'xml.malformed' })
    }
  })

  it('refuses a schema that redefines another one', async () => {
    const text = wsdl('<xs:schema><xs:redefine schemaLocation="x.xsd"/></xs:schema>')
    await expect(load(text)).rejects.toMatchObject({ code: 'configuration.unsupported' })
  })
})

describe('reading the ports of a WSDL', () => {
  it('finds those for SOAP 1.1 with addresses, operations and actions', async () => {
    const ports = readPorts(await parcels())
    expect(ports.map(({ name, address }) => [name, address])).toEqual([
      ['Parcels', 'http://www.example.org/parcels'],
      ['Other', 'https://services-acpt.ehealth.fgov.be/Parcels/v1'],
    ])
    expect(ports[0]!.operations.map(({ name, soapAction }) => [name, soapAction])).toEqual([
      ['Send', 'urn:test:parcels:Send'],
      ['Track', ''],
      ['Certify', 'urn:test:parcels:Certify'],
      ['Shout', 'urn:test:parcels:Shout'],
      ['Tell', 'urn:test:parcels:Tell'],
    ])
    expect(ports[0]!.operations[0]).toMatchObject({
      input: { namespace: 'urn:test:parcels', local: 'SendRequest' },
      output: { namespace: 'urn:test:parcels', local: 'SendResponse' },
    })
  })

  it('refuses a document that is no WSDL, and names that lead nowhere', async () => {
    const page = await load('<html/>')
    expect(() => readPorts(page)).toThrow(expect.objectContaining({ code: 'service.wsdl' }))
    const broken = await load(
      '<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/"><wsdl:service name="S"><wsdl:port name="P" binding="nowhere"/></wsdl:service></wsdl:definitions>',
    )
    expect(() => readPorts(broken)).toThrow(expect.objectContaining({ code: 'service.wsdl' }))
  })
})
