import { describe, expect, it } from 'vitest'

import { lookups } from '../../../src/configuration/properties/interpolate.js'
import { parseProperties } from '../../../src/configuration/properties/parse.js'

function resolver(text: string, system?: Record<string, string>) {
  const properties = new Map(parseProperties(text).map((property) => [property.name, property]))
  return lookups(properties, {
    isSecret: (name) => name.includes('password'),
    ...(system === undefined ? {} : { system }),
  })
}

describe('look-ups in properties', () => {
  it('take the value of another property, and look again in it', () => {
    const resolve = resolver('a=1${b}4\nb=2${c}\nc=3')
    expect(resolve('a')).toMatchObject({ value: '1234', uses: ['b', 'c'], problems: [], secret: false })
    expect(resolve('z')).toBeUndefined()
  })

  it.each([
    ['acc', 'https://services-acpt.ehealth.fgov.be/EtkDepot/v1'],
    ['prd', 'https://services.ehealth.fgov.be/EtkDepot/v1'],
    ['int', 'https://services-int.ehealth.fgov.be/EtkDepot/v1'],
  ])('take addresses of the environment %s', (environment, url) => {
    const key = '$uddi{uddi:ehealth-fgov-be:business:etkdepot:v1}'
    expect(resolver(`environment=${environment}\na=${key}`)('a')!.value).toBe(url)
  })

  it('take production where no environment is set, as the official connector does', () => {
    expect(resolver('a=$uddi{uddi:ehealth-fgov-be:business:consent:v1}')('a')!.value).toBe(
      'https://services.ehealth.fgov.be/Consent/v1',
    )
  })

  it('take system properties that are handed in', () => {
    expect(resolver('a=$system{user.dir}/x', { 'user.dir': '/d' })('a')!.value).toBe('/d/x')
  })

  it('tell what is not known, and leave it as it stands', () => {
    const unknown = ['${nowhere}', '$system{user.dir}', '$uddi{uddi:ehealth-fgov-be:business:x:v1}']
    for (const expression of unknown)
      expect(resolver(`a=<${expression}>\nb=\${a}`)('b')).toMatchObject({
        value: `<${expression}>`,
        problems: [`refers to ${expression}, which is not known`],
      })
    expect(
      resolver('environment=int\na=$uddi{uddi:ehealth-fgov-be:business:consent:v1}')('a')!.problems,
    ).toHaveLength(1)
    expect(resolver('a=${__proto__} ${constructor}')('a')!.problems).toHaveLength(2)
  })

  it('make a secret of everything that a password went into', () => {
    const resolve = resolver('the.password=p\na=${the.password}\nb=x${a}\nc=y')
    expect(['a', 'b', 'c'].map((name) => resolve(name)!.secret)).toEqual([true, true, false])
  })

  it.each([
    ['a=${a}', 'a', 'a → a'],
    ['a=${b}\nb=x ${c} y\nc=${a}', 'a', 'a → b → c → a'],
    ['z=${a}\na=${b}\nb=${a}', 'z', 'a → b → a'],
    [
      'environment=$uddi{uddi:ehealth-fgov-be:business:consent:v1}',
      'environment',
      'environment → environment',
    ],
  ])('refuse a circle and name it: %j', (text, name, circle) => {
    expect(() => resolver(text)(name)).toThrow(
      expect.objectContaining({
        code: 'configuration.malformed',
        message: expect.stringContaining(`a circle of look-ups: ${circle} (line `) as string,
      }),
    )
  })

  it('refuse a chain that is too long, in whichever order it is asked for', () => {
    const chain = (length: number) =>
      Array.from({ length }, (_, index) => `a${index}=\${a${index + 1}}`).join('\n') + `\na${length}=end`
    expect(resolver(chain(32))('a0')!.value).toBe('end')
    expect(() => resolver(chain(33))('a0')).toThrow('more than 32 look-ups')
    const resolve = resolver(chain(33))
    expect(resolve('a1')!.value).toBe('end')
    expect(() => resolve('a0')).toThrow('more than 32 look-ups')
    expect(() => resolver(chain(5000))('a0')).toThrow('more than 32 look-ups')
  })

  it('refuse a value that grows without end', () => {
    const lines = Array.from({ length: 30 }, (_, index) => `a${index}=\${a${index + 1}}\${a${index + 1}}`)
    expect(() => resolver([...lines, 'a30=0123456789'].join('\n'))('a0')).toThrow('grows too long')
    const wide = resolver(
      Array.from({ length: 100 }, (_, index) => `a${index}=\${z}`).join('\n') + `\nz=${'y'.repeat(60_000)}`,
    )
    expect(() => Array.from({ length: 100 }, (_, index) => wide(`a${index}`))).toThrow('grows too long')
  })
})
