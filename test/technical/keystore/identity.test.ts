import { describe, expect, it } from 'vitest'

import { identityOf, type Identity } from '../../../src/technical/keystore/index.js'
import { issue, name, named } from '../pki/issue.js'
import { code } from './fixtures.js'

const types = {
  C: '2.5.4.6',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  CN: '2.5.4.3',
  serialNumber: '2.5.4.5',
  GN: '2.5.4.42',
  SN: '2.5.4.4',
}

type Part = readonly [keyof typeof types, string]

function identity(...parts: Part[]): Identity {
  const subject = named(name(...parts.map(([type, value]): [string, string] => [types[type], value])))
  return identityOf(issue({ subject, issuer: subject }))
}

const platform: Part[] = [
  ['C', 'BE'],
  ['O', 'Federal Government'],
]
const unit: Part = ['OU', 'eHealth-platform Belgium']

describe('the actor of a certificate', () => {
  it('a person', () => {
    expect(
      identity(...platform, ['OU', 'SSIN=90010199794'], ['OU', 'SAMPLE CITIZEN'], unit, [
        'CN',
        'SSIN=90010199794',
      ]),
    ).toEqual({ kind: 'person', type: 'SSIN', value: '90010199794', name: 'SAMPLE CITIZEN' })
  })

  it('an organisation, and its application', () => {
    expect(
      identity(...platform, ['OU', 'NIHII-HOSPITAL=99990172'], ['OU', 'HOSPITAL'], unit, [
        'CN',
        'NIHII-HOSPITAL=99990172',
      ]),
    ).toEqual({ kind: 'organisation', type: 'NIHII-HOSPITAL', value: '99990172', name: 'HOSPITAL' })
    expect(
      identity(...platform, ['OU', 'APP-1'], ['OU', 'CBE=0999990123'], ['OU', 'NAME'], unit, [
        'CN',
        'CBE=0999990123, APP-1',
      ]),
    ).toEqual({ kind: 'organisation', type: 'CBE', value: '0999990123', application: 'APP-1', name: 'NAME' })
  })

  it('with the parts in the other order, as until 2014', () => {
    const parts: Part[] = [
      ['CN', 'CBE=0999990123, APP-1'],
      unit,
      ['OU', 'NAME'],
      ['OU', 'CBE=0999990123'],
      ['OU', 'APP-1'],
      ['O', 'Federal Government'],
      ['C', 'BE'],
    ]
    expect(identity(...parts)).toMatchObject({ type: 'CBE', application: 'APP-1', name: 'NAME' })
  })

  it('an organisation that is called like an application is not taken for one', () => {
    expect(
      identity(...platform, ['OU', 'CBE=0999990123'], ['OU', '0123'], unit, ['CN', 'CBE=0999990123']),
    ).toEqual({ kind: 'organisation', type: 'CBE', value: '0999990123', name: '0123' })
    expect(
      identity(...platform, ['OU', 'KGSS'], ['OU', 'CBE=0999990123'], ['OU', 'KGSS'], unit, [
        'CN',
        'CBE=0999990123, KGSS',
      ]),
    ).toMatchObject({ application: 'KGSS', name: 'KGSS' })
  })

  it('a citizen with an identity card', () => {
    expect(
      identity(
        ['C', 'BE'],
        ['CN', 'Sample Citizen (Authentication)'],
        ['SN', 'Citizen'],
        ['GN', 'Sample'],
        ['serialNumber', '90010199794'],
      ),
    ).toEqual({ kind: 'person', type: 'SSIN', value: '90010199794', name: 'Sample Citizen' })
  })
})

describe('no actor', () => {
  const refused = (...parts: Part[]): void => {
    expect(() => identity(...parts)).toThrow(code('keystore.identity'))
  }

  it('when common name and units name different ones', () => {
    refused(...platform, ['OU', 'SSIN=90010199893'], unit, ['CN', 'SSIN=90010199794'])
    refused(...platform, ['OU', 'SSIN=90010199794'], ['OU', 'CBE=0999990123'], unit, [
      'CN',
      'SSIN=90010199794',
    ])
    refused(...platform, ['OU', 'APP-2'], ['OU', 'CBE=0999990123'], unit, ['CN', 'CBE=0999990123, APP-1'])
  })

  it('when there are two common names or two serial numbers', () => {
    refused(['CN', 'SSIN=90010199794'], ['CN', 'SSIN=90010199893'])
    refused(['serialNumber', '90010199794'], ['serialNumber', '90010199893'])
  })

  it('when nothing names one', () => {
    refused(['C', 'BE'], ['CN', 'Issuing CA'], ['serialNumber', '001'])
    refused(['C', 'BE'])
    refused(['CN', 'x SSIN=90010199794'])
    refused(['CN', 'SSIN=90010199794 '])
  })
})
