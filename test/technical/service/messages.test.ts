import { describe, expect, it } from 'vitest'

import { loadDocuments } from '../../../src/technical/service/documents.js'
import { readMessage } from '../../../src/technical/service/schema/readMessage.js'
import { readSchemas } from '../../../src/technical/service/schema/readSchemas.js'
import { shapeOf } from '../../../src/technical/service/schema/shape.js'
import { writeMessage } from '../../../src/technical/service/schema/writeMessage.js'
import { canonicalize } from '../../../src/technical/xml/canonicalize.js'
import { parseXml } from '../../../src/technical/xml/parse.js'
import { everything, parcelSchemas } from './support.js'

const { schemas, element } = await parcelSchemas()
const send = element('SendRequest')
const write = (data: unknown): string => writeMessage(send, data)
const least = { attributes: { Id: 'a1' }, Sender: { Name: 'Ada' }, Receiver: [{ Name: 'Ben' }] }
const read = (local: string, inside: string, attributes = ''): unknown =>
  readMessage(
    parseXml(
      `<p:${local} xmlns:p="urn:test:parcels" xmlns:c="urn:test:parcels:core"${attributes}>${inside}</p:${local}>`,
    ).root,
    element(local),
    schemas,
  )

describe('writing a message by its schema', () => {
  it('puts everything in the order and the namespaces of the schema', () => {
    expect(write(everything)).toBe(
      '<n1:SendRequest xmlns:n1="urn:test:parcels" Id="a1" Version="1.0">' +
        '<Sender><n2:Name xmlns:n2="urn:test:parcels:core">Ada</n2:Name></Sender>' +
        '<Receiver><n2:Name xmlns:n2="urn:test:parcels:core">Ben</n2:Name></Receiver>' +
        '<Receiver Kind="OFFICE" xml:lang="nl"><n2:Name xmlns:n2="urn:test:parcels:core">Zoë</n2:Name>' +
        '<n2:Street xmlns:n2="urn:test:parcels:core">Kouter 1</n2:Street><City>Gent</City></Receiver>' +
        '<n2:Note xmlns:n2="urn:test:parcels:core">a &amp; b &lt; c</n2:Note>' +
        '<Box><n2:Weight xmlns:n2="urn:test:parcels:core">0.50</n2:Weight>' +
        '<n2:Content xmlns:n2="urn:test:parcels:core">AQID</n2:Content></Box>' +
        '<Sticker>red</Sticker><Sticker>blue</Sticker><Stamp>1.5</Stamp>' +
        '<Key>k1</Key><Value>v1</Value><Key>k2</Key><Value>v2</Value>' +
        '<n2:Round xmlns:n2="urn:test:parcels:core"><n2:Size>3</n2:Size></n2:Round>' +
        '<Return xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"></Return>' +
        '<x:Extra xmlns:x="urn:test:extra" a="1">é</x:Extra></n1:SendRequest>',
    )
  })

  it('is canonical, so that what is signed is what was written', () => {
    const text = write(everything)
    expect(canonicalize(parseXml(text).root)).toBe(text)
  })

  it('keeps a ready-made element as it is, with the namespaces that it needs', () => {
    const text = write({ ...least, $xml: ["<a b='1' xmlns='urn:q'/>", '<c/>'] })
    expect(text).toContain("<a b='1' xmlns='urn:q'/><c xmlns=\"\"/></n1:SendRequest>")
    expect(() => write({ ...least, $xml: '<a>' })).toThrow(expect.objectContaining({ code: 'xml.malformed' }))
    expect(() => write({ ...least, $xml: '<!DOCTYPE a><a/>' })).toThrow(
      expect.objectContaining({ family: 'xml' }),
    )
  })

  const secret = 'PATIENT-SECRET'
  it.each<[string, object, string]>([
    ['SendRequest.Receiver', { Receiver: undefined }, 'missing'],
    ['SendRequest.Receiver[1].Name', { Receiver: [{ Name: 'Ben' }, {}] }, 'missing'],
    ['SendRequest.Sender.Name', { Sender: { Name: secret.repeat(3) } }, '42 characters, expected 1–20'],
    ['SendRequest.Sender.Name', { Sender: { Name: '' } }, '0 characters'],
    ['SendRequest.Sender.Name', { Sender: { Name: 'a\u0001' } }, 'a character that XML cannot carry'],
    ['SendRequest.Sender.Nmae', { Sender: { Name: 'a', Nmae: secret } }, 'no such field'],
    ['SendRequest.Sender', { Sender: secret }, 'expected an object'],
    ['SendRequest.Sender', { Sender: [{ Name: 'a' }, { Name: secret }] }, 'more often'],
    ['SendRequest.Sender@Kind', { Sender: { Name: 'a', attributes: { Kind: secret } } }, 'unknown value'],
    ['SendRequest.Sender@Sort', { Sender: { Name: 'a', attributes: { Sort: secret } } }, 'no such attribute'],
    ['SendRequest.Box', { Letter: [secret], Box: { Weight: 1 } }, 'beside what excludes it'],
    ['SendRequest.Box.Weight', { Box: { Weight: secret } }, 'expected a decimal number'],
    ['SendRequest.Box.Weight', { Box: { Weight: Number.NaN } }, 'number, expected a decimal number'],
    ['SendRequest.Box.Content', { Box: { Weight: 1, Content: `${secret}!` } }, 'expected octets or base64'],
    ['SendRequest.Return', { Return: new Date(0) }, 'expected a date'],
    ['SendRequest.Note', { Note: null }, 'null, which the schema does not allow'],
    ['SendRequest.Value', { Key: 'k' }, 'missing'],
    ['SendRequest@Id', { attributes: {} }, 'missing'],
    ['SendRequest@Version', { attributes: { Id: 'a', Version: secret } }, 'expected 1.0'],
    ['SendRequest.attributes', { attributes: secret }, 'expected an object'],
    ['SendRequest.Shape', { Shape: { Size: 1 } }, 'no such field'],
    ['SendRequest.Flat.Size', { Flat: { Size: 1.5 } }, 'expected a whole number'],
    ['SendRequest.$xml', { $xml: { a: secret } }, 'expected XML as text'],
  ])('refuses at %s what does not fit, without telling the value', (path, change, problem) => {
    let error: unknown
    try {
      write({ ...least, ...change })
    } catch (caught) {
      error = caught
    }
    expect(error).toMatchObject({ code: 'contract.invalid', path })
    expect((error as Error).message).toContain(problem)
    expect(JSON.stringify(error)).not.toContain(secret)
  })
})

describe('data that contains itself', () => {
  it('is refused', () => {
    const data: Record<string, unknown> = { Number: 1 }
    data['Within'] = data
    expect(() => writeMessage(element('TrackRequest'), data)).toThrow(
      expect.objectContaining({ code: 'contract.invalid' }),
    )
  })
})

describe('reading a message by its schema', () => {
  it('gives back what was written, in the form in which it was given', () => {
    const { $xml: _, Note, ...given } = everything
    const value = readMessage(parseXml(write({ ...given, Note })).root, send, schemas)
    expect(value).toEqual({
      ...given,
      Note,
      attributes: { Id: 'a1', Version: '1.0' },
      Stamp: ['1.5'],
      Round: { Size: '3' },
    })
    expect(write(value)).toBe(write({ ...given, Note, Sticker: ['red', 'blue'] }))
  })

  it('knows types: numbers that are exact, digits that are many, octets, lists, instants as text', () => {
    expect(
      read(
        'TrackResponse',
        '<At>2026-01-15T12:00:00+01:00</At><Steps> 3 </Steps><Delivered>1</Delivered><Codes>1 2\n3</Codes>',
      ),
    ).toEqual({ At: '2026-01-15T12:00:00+01:00', Steps: 3, Delivered: true, Codes: [1, 2, 3] })
    expect(
      read(
        'SendResponse',
        '<c:Status>OK</c:Status><Number>9007199254740993</Number><Label Type="x">AQI=</Label>',
      ),
    ).toEqual({
      Status: 'OK',
      Number: '9007199254740993',
      Label: { attributes: { Type: 'x' }, $value: new Uint8Array([1, 2]) },
    })
  })

  it('gives an array wherever the schema allows several, and for what stands several times all the same', () => {
    expect(
      read('SendResponse', '<Number>1</Number><Receipt>done <c:Time>10:00:00</c:Time></Receipt>'),
    ).toEqual({
      Number: '1',
      Receipt: [{ Time: '10:00:00', $value: 'done ' }],
    })
    expect(read('SendResponse', '<Number>1</Number><Number>2</Number>')).toEqual({ Number: ['1', '2'] })
  })

  it('keeps what the schema does not know, and what is not of its type, as it came', () => {
    expect(
      read(
        'TrackResponse',
        '<At>soon</At><Steps>many</Steps><New a="1"><Deep>x</Deep><Deep>y</Deep></New><Empty/>',
      ),
    ).toEqual({
      At: 'soon',
      Steps: 'many',
      New: { attributes: { a: '1' }, Deep: ['x', 'y'] },
      Empty: '',
    })
  })

  it('reads long text whole, with attributes beside it', () => {
    const long = 'A'.repeat(400_000)
    const { Label } = read('SendResponse', `<Label Type="x">${long}</Label>`) as {
      Label: { $value: Uint8Array }
    }
    expect(Label.$value).toHaveLength(300_000)
  })

  it('is not led astray by names that objects have already', () => {
    const value = read(
      'TrackResponse',
      '<__proto__><polluted>1</polluted></__proto__><constructor id="__proto__">2</constructor>',
    ) as object
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor'])
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    expect('obj' in {}).toBe(false)
  })

  it('follows xsi:type', () => {
    const typed =
      '<Other xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="c:ShapeType"><c:Size>1</c:Size></Other>'
    expect(read('TrackResponse', typed)).toEqual({ Other: { Size: '1' } })
  })
})

describe('the shape of a message', () => {
  it('tells names, types, what may be absent and what is repeated', () => {
    const party = {
      'attributes?': { 'xml:lang?': 'string', 'Kind?': "'PERSON' | 'OFFICE'" },
      Name: 'string',
      'Street?': 'string',
      'City?': 'string',
    }
    expect(shapeOf(send)).toEqual({
      attributes: { Id: 'ID', 'Version?': "'1.0'" },
      Sender: party,
      'Receiver[]': party,
      'Note?': 'string',
      'Letter?': 'string',
      'Box?': { Weight: 'decimal', 'Content?': 'base64Binary' },
      'Stamp[]?': 'decimal',
      'Sticker[]?': 'string',
      'Key[]?': 'NMTOKEN',
      'Value[]?': 'string',
      'Round?': { Size: 'positiveInteger' },
      'Flat?': { Size: 'positiveInteger' },
      'Return?': 'date',
      '$xml?': 'any element, as XML',
    })
  })

  it('ends where a type contains itself, and at the depth asked for', () => {
    expect(shapeOf(element('TrackRequest'))).toEqual({ Number: 'long', 'Within?': '…' })
    expect(shapeOf(send, 1)).toMatchObject({ Sender: '…', 'Note?': 'string' })
  })
})

describe('schemas that are not sound', () => {
  const doubling = (kind: 'group' | 'attributeGroup'): string =>
    Array.from({ length: 40 }, (_, level) => {
      const inner = `<xs:${kind} ref="t:G${level + 1}"/>`.repeat(2)
      return `<xs:${kind} name="G${level}">${kind === 'group' ? `<xs:sequence>${inner}</xs:sequence>` : inner}</xs:${kind}>`
    }).join('') +
    (kind === 'group'
      ? '<xs:group name="G40"><xs:sequence><xs:element name="X" type="xs:string"/></xs:sequence></xs:group>'
      : '<xs:attributeGroup name="G40"><xs:attribute name="x" type="xs:string"/></xs:attributeGroup>')
  const schemaOf = async (inside: string) => {
    const text = `<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/"><wsdl:types><xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t">${inside}</xs:schema></wsdl:types></wsdl:definitions>`
    return readSchemas(await loadDocuments('https://host.test/', async () => Buffer.from(text)))
  }

  it.each([
    ['a type that is not declared', '<xs:element name="A" type="t:Nowhere"/>'],
    [
      'a type that extends itself',
      '<xs:element name="A" type="t:T"/><xs:complexType name="T"><xs:complexContent><xs:extension base="t:T"/></xs:complexContent></xs:complexType>',
    ],
    [
      'a group that contains itself',
      '<xs:element name="A"><xs:complexType><xs:group ref="t:G"/></xs:complexType></xs:element><xs:group name="G"><xs:sequence><xs:group ref="t:G"/></xs:sequence></xs:group>',
    ],
    [
      'an attribute group that contains itself',
      '<xs:element name="A"><xs:complexType><xs:attributeGroup ref="t:G"/></xs:complexType></xs:element><xs:attributeGroup name="G"><xs:attributeGroup ref="t:G"/></xs:attributeGroup>',
    ],
    [
      'a reference to no element',
      '<xs:element name="A"><xs:complexType><xs:sequence><xs:element ref="t:B"/></xs:sequence></xs:complexType></xs:element>',
    ],
    [
      'groups that double and double',
      `<xs:element name="A"><xs:complexType><xs:group ref="t:G0"/></xs:complexType></xs:element>${doubling('group')}`,
    ],
    [
      'attribute groups that double and double',
      `<xs:element name="A"><xs:complexType><xs:attributeGroup ref="t:G0"/></xs:complexType></xs:element>${doubling('attributeGroup')}`,
    ],
    [
      'a substitution that goes in circles',
      '<xs:element name="A" substitutionGroup="t:B"/><xs:element name="B" substitutionGroup="t:A"/>',
    ],
  ])('end in an error: %s', async (_, inside) => {
    const found = (await schemaOf(inside)).element('urn:t', 'A')!
    expect(() => writeMessage(found, {})).toThrow(expect.objectContaining({ code: 'service.wsdl' }))
  })

  it('have a shape that ends, however their types multiply', async () => {
    const types = Array.from(
      { length: 11 },
      (_, level) =>
        `<xs:complexType name="T${level}"><xs:sequence>${['a', 'b', 'c', 'd', 'e', 'f']
          .map((name) => `<xs:element name="${name}" type="t:T${level + 1}"/>`)
          .join('')}</xs:sequence></xs:complexType>`,
    ).join('')
    const last = '<xs:complexType name="T11"><xs:sequence/></xs:complexType>'
    const found = (await schemaOf(`<xs:element name="A" type="t:T0"/>${types}${last}`)).element('urn:t', 'A')!
    expect(JSON.stringify(shapeOf(found)).length).toBeLessThan(1_000_000)
  })
})
