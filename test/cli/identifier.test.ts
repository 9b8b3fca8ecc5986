import { describe, expect, it } from 'vitest'

import { ehealth } from './run.js'

describe('ehealth identifier', () => {
  it('tells what a number is, for people and for programs', async () => {
    const shown = await ehealth(['identifier', '1-00001-06-004'])
    expect(shown.code).toBe(0)
    expect(shown.stdout).toMatch(/^NIHII number\n/)
    expect(shown.stdout).toMatch(/meaning +recognised and accredited general practitioner/)
    const told = await ehealth(['identifier', '90.01.01-997.94', '--json'])
    expect(told.json()).toEqual({
      valid: true,
      readings: [
        {
          kind: 'ssin',
          title: 'SSIN (national number)',
          normalized: '90010199794',
          formatted: '90.01.01-997.94',
          facts: {
            register: 'NR',
            birthDate: '1990-01-01',
            birthDateKnownTo: 'day',
            century: '1900s',
            sex: 'M',
          },
        },
      ],
      refusals: [
        {
          kind: 'nihii',
          title: 'NIHII number',
          code: 'identifier.check-digit',
          message: expect.any(String) as string,
        },
      ],
    })
  })

  it('reads it from stdin, and says why it is nothing, without repeating it', async () => {
    const refused = await ehealth(['identifier', '-'], { input: '90010199795\n' })
    expect(refused.code).toBe(1)
    expect(refused.stdout).toBe('')
    expect(refused.stderr).toContain('no SSIN (national number): SSIN: the check digits do not fit')
    expect(refused.stderr).not.toContain('90010199795')
    const json = await ehealth(['identifier', '-', '--json'], { input: '123' })
    expect([json.code, json.json()['valid']]).toEqual([1, false])
  })

  it('looks at one kind, and refuses a kind that there is not', async () => {
    expect((await ehealth(['identifier', '0999999922', '--kind', 'ehp'])).stdout).toMatch(/^EHP number/)
    expect((await ehealth(['identifier', '0999999922', '--kind', 'ssin'])).code).toBe(1)
    expect((await ehealth(['identifier', '0999999922', '--kind', 'telephone'])).code).toBe(2)
    expect((await ehealth(['identifier'])).code).toBe(2)
  })
})
