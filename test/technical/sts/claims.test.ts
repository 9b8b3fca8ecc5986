import { describe, expect, it } from 'vitest'

import { attributeNamespaces, claimsOf } from '../../../src/technical/sts/claims.js'

const { identification, certified } = attributeNamespaces
const asked = (name: string) => ({ name, namespace: certified })
const asserted = (name: string, ...values: string[]) => ({ name, namespace: identification, values })

describe('claims of a token request', () => {
  it('stand in the order "asserted, then asked for", whatever the order they were given in', () => {
    expect(claimsOf([asked('c'), asserted('b', '2'), asked('d'), asserted('a', '1')])).toEqual([
      { Uri: 'b', Value: '2' },
      { Uri: 'a', Value: '1' },
      { Uri: 'c' },
      { Uri: 'd' },
    ])
  })

  it('join several values with a semicolon', () => {
    expect(claimsOf([asserted('a', '1', '2')])).toEqual([{ Uri: 'a', Value: '1;2' }])
  })

  it('do not ask for what is asserted, nor twice for the same', () => {
    expect(claimsOf([asserted('a', '1'), asked('a'), asked('b'), asked('b')])).toEqual([
      { Uri: 'a', Value: '1' },
      { Uri: 'b' },
    ])
  })

  it.each([
    ['a name that is asserted twice', [asserted('a', '1'), asserted('a', '2')]],
    ['an empty value', [asserted('a', '')]],
    ['a value that the STS would take for two', [asserted('a', '1;2')]],
  ])('refuse %s without quoting a value', (_, attributes) => {
    expect(() => claimsOf(attributes)).toThrowError(
      expect.objectContaining({
        code: 'configuration.invalid',
        path: 'attributes',
        message: expect.not.stringMatching(/[12]/) as string,
      }),
    )
  })
})
