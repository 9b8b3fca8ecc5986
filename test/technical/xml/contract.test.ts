import { describe, expect, expectTypeOf, it } from 'vitest'

import {
  allowed,
  base64Binary,
  boolean,
  choice,
  date,
  dateTime,
  group,
  integer,
  inNamespace,
  lazy,
  many,
  namespace,
  oneOf,
  opaque,
  optional,
  optionalChoice,
  optionalGroup,
  problemsOf,
  read,
  required,
  string,
  unknownElements,
  write,
  type Infer,
  type SequenceType,
} from '../../../src/technical/xml/index.js'
import { canonicalize } from '../../../src/technical/xml/canonicalize.js'
import { parseXml } from '../../../src/technical/xml/parse.js'

const demo = namespace('urn:test:demo', { prefix: 'd', qualified: false })
const full = namespace('urn:test:full', { prefix: 'f', qualified: true })
const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'

const Content = demo.sequence(
  {
    Title: string({ min: 1, max: 10 }),
    $body: choice({ Binary: string(), Text: base64Binary }),
    Kind: oneOf('DOCUMENT', 'NEWS'),
    Size: optional(integer({ min: 0 })),
    Flag: boolean,
    Meta: many(string(), { max: 2 }),
    $ids: optionalGroup({ From: date, To: optional(date) }),
  },
  { Id: required(string()), lang: allowed(string(), xmlNamespace) },
)
const Message = demo.element('Message', Content)

interface Tree {
  Name: string
  Child: Tree[]
}
const Tree: SequenceType<Tree> = full.sequence({
  Name: string(),
  Child: many(lazy((): SequenceType<Tree> => Tree)),
})
const Root = full.element('Root', Tree)

const value: Infer<typeof Message> = {
  Id: 'a"<',
  Title: 'Tïtle & co',
  Text: Uint8Array.of(1, 2, 3),
  Kind: 'NEWS',
  Flag: true,
  Meta: ['x', 'y>\r'],
}

describe('types inferred from a contract', () => {
  it('follow cardinality, choices, groups and attributes', () => {
    type Value = Infer<typeof Message>
    expectTypeOf<Value['Id']>().toEqualTypeOf<string>()
    expectTypeOf<Value['lang']>().toEqualTypeOf<string | undefined>()
    expectTypeOf<Value['Kind']>().toEqualTypeOf<'DOCUMENT' | 'NEWS'>()
    expectTypeOf<Value['Size']>().toEqualTypeOf<number | undefined>()
    expectTypeOf<Value['Meta']>().toEqualTypeOf<string[]>()
    expectTypeOf<Value['Text']>().toEqualTypeOf<Uint8Array | undefined>()
    expectTypeOf<Value['From']>().toEqualTypeOf<string | undefined>()
    // @ts-expect-error both alternatives of a choice
    const both: Value = { ...value, Binary: 'cid:1' }
    expect(problemsOf(Message, both)).toHaveLength(1)
  })
})

describe('the writer', () => {
  it('writes exclusive-canonical XML with children in no namespace', () => {
    expect(write(Message, value).xml).toBe(
      '<d:Message xmlns:d="urn:test:demo" Id="a&quot;&lt;"><Title>Tïtle &amp; co</Title><Text>AQID</Text>' +
        '<Kind>NEWS</Kind><Flag>true</Flag><Meta>x</Meta><Meta>y&gt;&#xD;</Meta></d:Message>',
    )
  })

  it('declares a namespace once, where it is first used, and not again when it is in scope', () => {
    const tree = { Name: 'a', Child: [{ Name: 'b', Child: [] }] }
    const inner = '<f:Name>a</f:Name><f:Child><f:Name>b</f:Name></f:Child>'
    expect(write(Root, tree).xml).toBe(`<f:Root xmlns:f="urn:test:full">${inner}</f:Root>`)
    expect(write(Root, tree, { inScope: new Map([['f', 'urn:test:full']]) }).xml).toBe(
      `<f:Root>${inner}</f:Root>`,
    )
    expect(write(Root, tree, { inScope: new Map([['f', 'urn:other']]) }).xml).toContain(
      'xmlns:f="urn:test:full"',
    )
  })

  it('tells when an opaque element makes the result possibly not canonical', () => {
    const Wrap = demo.element('Wrap', demo.sequence({ Assertion: inNamespace('urn:saml', opaque) }))
    const written = write(Wrap, { Assertion: { xml: '<Assertion xmlns="urn:saml"/>' } })
    expect(written).toMatchObject({
      xml: '<d:Wrap xmlns:d="urn:test:demo"><Assertion xmlns="urn:saml"/></d:Wrap>',
      canonical: false,
    })
  })
})

describe('a message that is written otherwise than others of its namespace', () => {
  const Item = full.sequence({ Name: string() }, { Key: allowed(string(), 'urn:test:demo') })
  const Usual = full.element('Item', Item)
  const Other = full.element('Item', Item, { prefixes: { 'urn:test:full': '', 'urn:test:demo': 'k' } })
  const item = { Name: 'x', Key: 'y' }

  it('has prefixes of its own, canonical all the same, and is read as the others are', () => {
    const { xml, canonical } = write(Other, item)
    expect(xml).toBe('<Item xmlns="urn:test:full" xmlns:k="urn:test:demo" k:Key="y"><Name>x</Name></Item>')
    expect(canonical).toBe(true)
    expect(canonicalize(parseXml(xml).root)).toBe(xml)
    expect(read(Usual, parseXml(xml).root, { strict: true })).toEqual(item)
  })

  it('leaves the others as they are', () => {
    expect(write(Usual, item).xml).toBe(
      '<f:Item xmlns:d="urn:test:demo" xmlns:f="urn:test:full" d:Key="y"><f:Name>x</f:Name></f:Item>',
    )
  })
})

describe('the validation', () => {
  const problem = (changes: Record<string, unknown>) => problemsOf(Message, { ...value, ...changes })[0]

  it.each([
    [{ Title: '' }, 'Message.Title', '0 characters, expected 1–10'],
    [{ Title: 'a\u0000' }, 'Message.Title', 'a character that XML cannot carry'],
    [{ Title: '\ud800' }, 'Message.Title', 'a character that XML cannot carry'],
    [{ Title: undefined }, 'Message.Title', 'missing'],
    [{ Text: undefined }, 'Message', 'expected one of Binary | Text'],
    [{ Kind: 'X' }, 'Message.Kind', 'unknown value, expected DOCUMENT | NEWS'],
    [{ Size: 1.5 }, 'Message.Size', 'not a whole number'],
    [{ Flag: 'true' }, 'Message.Flag', 'string, expected true or false'],
    [{ Meta: ['a', 'b', 'c'] }, 'Message.Meta', '3 times, expected 0–2'],
    [{ Meta: [1] }, 'Message.Meta[0]', 'number, expected text'],
    [{ To: '2026-01-01' }, 'Message.From', 'missing'],
    [{ From: '2026-02-30' }, 'Message.From', 'not a calendar date (YYYY-MM-DD)'],
    [{ Id: undefined }, 'Message@Id', 'missing'],
    [{ Id: 5 }, 'Message@Id', 'number, expected text'],
    [{ Meta: 'x' }, 'Message.Meta', 'expected an array'],
    [{ Titel: 'x' }, 'Message.Titel', 'no such field'],
  ])('names the path of %j', (changes, path, text) => {
    expect(problem(changes)).toEqual({ path, problem: text })
  })

  it.each([undefined, null, 'text', [value]])('wants an object where one belongs: %j', (other) => {
    expect(problemsOf(Message, other as never)).toEqual([{ path: 'Message', problem: 'expected an object' }])
  })

  it('refuses to write anything and never shows the value', () => {
    const secret = 'a text that is much too long'
    expect(() => write(Message, { ...value, Title: secret })).toThrowError(
      expect.objectContaining({ code: 'contract.invalid', path: 'Message.Title' }),
    )
    expect(JSON.stringify(problemsOf(Message, { ...value, Title: secret }))).not.toContain(secret)
  })
})

describe('the reader', () => {
  const parse = (xml: string) => parseXml(xml).root

  it('gives back what was written', () => {
    expect(read(Message, parse(write(Message, value).xml))).toEqual({ ...value, Text: Buffer.of(1, 2, 3) })
    expect(read(Message, parse(write(Message, value).xml), { strict: true })).toMatchObject({
      Title: value.Title,
    })
  })

  const document = (inner: string) => parse(`<d:Message xmlns:d="urn:test:demo" Id="1">${inner}</d:Message>`)
  const good = '<Title>t</Title><Text>AQID</Text><Kind>NEWS</Kind><Flag>1</Flag>'

  it('is tolerant of order, facets and unknown elements, which it keeps', () => {
    const read1 = read(
      Message,
      document(
        '<New>later</New><Kind>OTHER</Kind><Flag>0</Flag><Text> AQ\r\nID </Text><Title>much too long</Title>',
      ),
    )
    expect(read1).toMatchObject({ Kind: 'OTHER', Flag: false, Title: 'much too long', Meta: [] })
    expect((read1 as never)[unknownElements]).toMatchObject([{ local: 'New' }])
  })

  it.each([
    ['unknown element', `${good}<New/>`],
    ['wrong order', '<Text>AQID</Text><Title>t</Title><Kind>NEWS</Kind><Flag>1</Flag>'],
    ['facet', good.replace('<Title>t', '<Title>much too long')],
    ['text between', `${good} x`],
    ['missing group member', `${good}<To>2026-01-01</To>`],
    ['both alternatives', good.replace('<Text>', '<Binary>cid:1</Binary><Text>')],
    ['too many', `${good}<Meta>1</Meta><Meta>2</Meta><Meta>3</Meta>`],
    ['attribute of a simple element', good.replace('<Title>', '<Title a="1">')],
  ])('refuses strictly: %s', (_, inner) => {
    expect(() => read(Message, document(inner), { strict: true })).toThrowError(
      expect.objectContaining({ code: 'contract.invalid' }),
    )
  })

  it.each([
    ['a required element is missing', good.replace('<Kind>NEWS</Kind>', ''), 'Message.Kind'],
    ['an element stands twice', `${good}<Title>u</Title>`, 'Message.Title'],
    ['a value has the wrong form', good.replace('AQID', 'A'), 'Message.Text'],
    ['no alternative is there', good.replace('<Text>AQID</Text>', ''), 'Message'],
    ['elements stand where text should', good.replace('>t<', '><b/><'), 'Message.Title'],
  ])('refuses always when %s', (_, inner, path) => {
    expect(() => read(Message, document(inner))).toThrowError(
      expect.objectContaining({ code: 'contract.unreadable', path }),
    )
  })

  it('reads groups inside choices and optional choices', () => {
    const Either = full.element(
      'Either',
      full.sequence({
        $c: choice({ $pair: group({ A: string(), B: string() }), C: string() }),
        $d: optionalChoice({ E: string(), G: dateTime }),
      }),
    )
    expect(
      read(Either, parse('<Either xmlns="urn:test:full"><A>1</A><B>2</B></Either>'), { strict: true }),
    ).toEqual({ A: '1', B: '2' })
    expect(
      read(Either, parse('<Either xmlns="urn:test:full"><C>1</C><G>2026-01-01T01:00:00+01:00</G></Either>'), {
        strict: true,
      }),
    ).toEqual({ C: '1', G: new Date('2026-01-01T00:00:00Z') })
  })
})
