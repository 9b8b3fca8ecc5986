/** The WSDL of the fixtures, and what the tests of services by their WSDL have in common. */
import { fileURLToPath } from 'node:url'

import { loadDocuments, type Documents } from '../../../src/technical/service/documents.js'
import type { SchemaElement, Schemas } from '../../../src/technical/service/schema/model.js'
import { readSchemas } from '../../../src/technical/service/schema/readSchemas.js'

export const parcelsUrl = new URL('../../../fixtures/service/parcels.wsdl', import.meta.url)
export const parcelsFile = fileURLToPath(parcelsUrl)

/** Nothing is fetched from anywhere. */
export const noFetch = (): Promise<Uint8Array> => Promise.reject(new Error('fetched'))

export const parcels = (): Promise<Documents> => loadDocuments(parcelsFile, noFetch)

export async function parcelSchemas(): Promise<{
  schemas: Schemas
  element: (local: string) => SchemaElement
}> {
  const schemas = readSchemas(await parcels())
  return { schemas, element: (local) => schemas.element('urn:test:parcels', local)! }
}

/** A message with one of everything. */
export const everything = {
  // the order of the data does not matter
  $xml: '<x:Extra xmlns:x="urn:test:extra" a="1">é</x:Extra>',
  Return: null,
  Round: { Size: 3 },
  Key: ['k1', 'k2'],
  Value: ['v1', 'v2'],
  Sticker: ['red', 'blue'],
  Stamp: 1.5,
  Box: { Content: new Uint8Array([1, 2, 3]), Weight: '0.50' },
  Note: 'a & b < c',
  Receiver: [
    { Name: 'Ben' },
    { City: 'Gent', Street: 'Kouter 1', Name: 'Zoë', attributes: { Kind: 'OFFICE', 'xml:lang': 'nl' } },
  ],
  Sender: { Name: 'Ada' },
  attributes: { Id: 'a1' },
}
