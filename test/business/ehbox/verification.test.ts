import { describe, expect, it } from 'vitest'

import type { Sender } from '../../../src/business/ehbox/parties.js'
import { verificationOf } from '../../../src/business/ehbox/verification.js'
import type { Identity } from '../../../src/technical/keystore/index.js'
import type { Unsealed } from '../../../src/technical/seal/index.js'

const layer = {
  certificate: undefined,
  path: [],
  keyIdentifier: undefined,
  policy: undefined,
  signingTime: undefined,
  timestamps: [],
}

const unsealed = (author: Identity | undefined, changes: Partial<Unsealed> = {}): Unsealed => ({
  content: new Uint8Array(),
  author,
  authorCertificate: undefined,
  senderCertificate: undefined,
  keyIdentifier: undefined,
  signingTime: new Date('2026-03-02T10:00:00Z'),
  layers: { outer: layer, inner: layer },
  errors: [],
  warnings: [],
  ...changes,
})

const person = (value: string): Identity => ({ kind: 'person', type: 'SSIN', value })
const organisation = (type: string, value: string): Identity => ({ kind: 'organisation', type, value })
const sender = (changes: Partial<Sender>): Sender => ({
  id: '90010199794',
  type: 'INSS',
  quality: 'DOCTOR',
  name: 'TESTNAME',
  ...changes,
})

const matches = (author: Identity | undefined, from: Sender): boolean | undefined =>
  verificationOf([{ path: 'body', unsealed: unsealed(author) }], from)!.authorMatchesSender

describe('the author of the seals', () => {
  const hospital = { id: '71999041', type: 'NIHII', subType: 'HOSPITAL', quality: 'HOSPITAL' }
  it.each([
    ['the person of the box', person('90010199794'), sender({}), true],
    ['another person', person('90010199893'), sender({}), false],
    ['the organisation', organisation('NIHII-HOSPITAL', '71999041'), sender(hospital), true],
    [
      'the organisation, 11 digits',
      organisation('NIHII-HOSPITAL', '71999041'),
      sender({ ...hospital, id: '71999041000' }),
      true,
    ],
    ['another organisation', organisation('NIHII-HOSPITAL', '71009938'), sender(hospital), false],
    ['the same number in another role', organisation('NIHII-PHARMACY', '71999041'), sender(hospital), false],
    [
      'the organisation where the sender has no subtype',
      organisation('NIHII-HOSPITAL', '71999041'),
      sender({ id: '71999041', type: 'NIHII', quality: 'HOSPITAL' }),
      true,
    ],
    [
      'the person who sent for the organisation',
      person('90010199794'),
      sender({ ...hospital, personInOrganisation: '90010199794' }),
      true,
    ],
    [
      'another person than the one who sent for the organisation',
      person('90010199893'),
      sender({ ...hospital, personInOrganisation: '90010199794' }),
      false,
    ],
    [
      'a person, where the box has a NIHII',
      person('90010199794'),
      sender({ id: '19999024', type: 'NIHII' }),
      undefined,
    ],
    ['a person, where the type is unknown', person('90010199794'), sender({ type: 'SOMETHING' }), undefined],
    ['nobody', undefined, sender({}), undefined],
  ])('is compared with the sender: %s', (_, author, from, expected) => {
    expect(matches(author, from)).toBe(expected)
  })

  it('must be the same for every field', () => {
    const fields = (second: Unsealed) => [
      { path: 'body', unsealed: unsealed(person('90010199794')) },
      { path: 'annexes[0].content', unsealed: second },
    ]
    expect(verificationOf(fields(unsealed(person('90010199794'))), sender({}))).toMatchObject({
      fields: ['body', 'annexes[0].content'],
      authorMatchesSender: true,
    })
    for (const other of [
      unsealed(person('90010199893')),
      unsealed(undefined),
      unsealed(undefined, { keyIdentifier: 'k' }),
    ])
      expect(() => verificationOf(fields(other), sender({}))).toThrowError(
        expect.objectContaining({ code: 'ehbox.mixed-authors', path: 'annexes[0].content' }),
      )
  })

  it('gathers the warnings of all fields once', () => {
    const old = unsealed(person('90010199794'), { warnings: ['SIGNING_TIME_EXPIRED'] as never })
    expect(
      verificationOf(
        [
          { path: 'body', unsealed: old },
          { path: 'freeText', unsealed: old },
        ],
        sender({}),
      ),
    ).toMatchObject({ warnings: ['SIGNING_TIME_EXPIRED'] })
  })

  it('is unknown for a message without seals', () => {
    expect(verificationOf([], sender({}))).toBeUndefined()
  })
})
