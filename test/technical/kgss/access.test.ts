import { describe, expect, it } from 'vitest'

import { readerAttributes, readers } from '../../../src/technical/kgss/index.js'
import { credentialsOf } from '../../../src/technical/kgss/access.js'

const identification = 'urn:be:fgov:identification-namespace'
const certified = 'urn:be:fgov:certified-namespace:ehealth'

describe('readers', () => {
  it.each([
    [readers.person('90010199794'), identification, 'urn:be:fgov:person:ssin', ['90010199794']],
    [readers.person('90.01.01-997.94'), identification, 'urn:be:fgov:person:ssin', ['90010199794']],
    [readers.anyDoctor(), certified, 'urn:be:fgov:person:ssin:doctor:boolean', ['true']],
    [readers.doctor(), certified, 'urn:be:fgov:person:ssin:ehealth:1.0:doctor:nihii11', []],
    [
      readers.doctor('1-99971-43-004'),
      certified,
      'urn:be:fgov:person:ssin:ehealth:1.0:doctor:nihii11',
      ['19997143004'],
    ],
    [readers.dentist(), certified, 'urn:be:fgov:person:ssin:ehealth:1.0:nihii:dentist:nihii11', []],
    [readers.midwife(), certified, 'urn:be:fgov:person:ssin:ehealth:1.0:nihii:midwife:nihii11', []],
    [readers.nurse(), certified, 'urn:be:fgov:person:ssin:ehealth:1.0:nihii:nurse:nihii11', []],
    [
      readers.physiotherapist(),
      certified,
      'urn:be:fgov:person:ssin:ehealth:1.0:nihii:physiotherapist:nihii11',
      [],
    ],
    [
      readers.anyPharmacy(),
      certified,
      'urn:be:fgov:ehealth:1.0:pharmacy:nihii-number:recognisedpharmacy:boolean',
      ['true'],
    ],
    [
      readers.anyInsurer(),
      certified,
      'urn:be:fgov:kbo-bce:organization:cbe-number:ehealth:1.0:hio:boolean',
      ['true'],
    ],
    [
      readers.organisation('0999.990.123'),
      identification,
      'urn:be:fgov:ehealth:1.0:certificateholder:enterprise:cbe-number',
      ['0999990123'],
    ],
    [
      readers.enterprise('0999990123'),
      identification,
      'urn:be:fgov:kbo-bce:organization:cbe-number',
      ['0999990123'],
    ],
    [readers.attribute('urn:n', 'urn:a', 'one', 'two'), 'urn:n', 'urn:a', ['one', 'two']],
    [readers.attribute('urn:n', 'urn:a', ''), 'urn:n', 'urn:a', ['']],
  ])('%o go into the message by namespace, name and value', (reader, Namespace, Name, Value) => {
    expect(credentialsOf([reader], 'allowed')).toEqual([{ Namespace, Name, Value }])
  })

  it('refuse a number that is none', () => {
    expect(() => readers.person('90010199795')).toThrow(/check digit/)
    expect(() => readers.nurse('49997264401')).toThrow(/check digit/)
    expect(() => readers.doctor('19997143')).toThrow(
      expect.objectContaining({ code: 'identifier.length' }) as Error,
    )
    expect(() => readers.organisation('0999990124')).toThrow(/check digit/)
  })

  it('say of each attribute where it is known from', () => {
    for (const { namespace, name, evidence } of Object.values(readerAttributes)) {
      expect([identification, certified]).toContain(namespace)
      expect(name).toMatch(/^urn:be:fgov:/)
      expect(['confirmed', 'inferred']).toContain(evidence)
    }
  })
})
