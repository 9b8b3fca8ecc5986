import { describe, expect, it } from 'vitest'

import { findingTexts } from '../../src/cli/language/errors/findings.js'
import { loadErrorTexts } from '../../src/cli/language/errors/index.js'
import { errorCatalogue, type ErrorCode } from '../../src/errors.js'
import { platformCodes } from '../../src/technical/soap/index.js'
import { ehealth } from './run.js'

const codes = Object.keys(errorCatalogue) as ErrorCode[]

describe('ehealth explain', () => {
  it('says of a code what it means, what to do, who must act and whether to repeat', async () => {
    const { code, stdout, stderr } = await ehealth(['explain', 'signature.digest'])
    const { meaning, hint } = errorCatalogue['signature.digest']
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout.split('\n')).toEqual([
      'signature.digest',
      `meaning       ${meaning}`,
      `what to do    ${hint}`,
      'who must act  whoever made the data: another party',
      'repeat        no, unless the error itself says so (retryable)',
      '',
    ])
    expect((await ehealth(['explain', 'transport.connect'])).stdout).toContain('may simply be repeated')
  })

  it('says it in French and Dutch, with the code as it is', async () => {
    for (const [locale, language, label] of [
      ['fr_BE.UTF-8', 'fr', 'que faire'],
      ['nl_BE.UTF-8', 'nl', 'wat te doen'],
    ] as const) {
      const { stdout } = await ehealth(['explain', 'keystore.password'], { env: { LC_ALL: locale } })
      const { meaning, hint } = (await loadErrorTexts(language))['keystore.password']!
      for (const text of ['keystore.password', label, meaning, hint]) expect(stdout).toContain(text)
      expect(stdout).not.toContain(errorCatalogue['keystore.password'].meaning)
    }
  })

  it('prints JSON in English whatever the locale, with the fields of the catalogue', async () => {
    const { json } = await ehealth(['explain', 'etk.unavailable', '--json'], {
      env: { LC_ALL: 'fr_BE.UTF-8' },
    })
    const { origin, meaning, hint } = errorCatalogue['etk.unavailable']
    expect(json()).toEqual({ code: 'etk.unavailable', family: 'etk', origin, retryable: true, meaning, hint })
  })

  it('knows the codes of the platform, in any case, with what may be repeated', async () => {
    const { stdout } = await ehealth(['explain', 'soa-01001'])
    expect(stdout).toContain('SOA-01001  Service call not authenticated')
    expect(stdout).toMatch(/^our code +fault\.not-authenticated$/m)
    expect(stdout).toMatch(/^repeat +once, with a new token$/m)
    const [soa, { text, origin, error }] = ['SOA-02001', platformCodes['SOA-02001']] as const
    expect((await ehealth(['explain', soa, '--json'])).json()).toMatchObject({
      code: soa,
      family: 'fault',
      retryable: false,
      error,
      platform: { text, origin, repeat: 'after-pause' },
    })
  })

  it('knows what only ehealth doctor finds, in three languages', async () => {
    const { stdout } = await ehealth(['explain', 'clock.skew'], { env: { LC_ALL: 'nl_BE' } })
    expect(stdout).toContain(findingTexts['clock.skew'].nl.meaning)
    const { en } = findingTexts['node.too-old']
    const env = { LC_ALL: 'fr_BE' }
    expect((await ehealth(['explain', 'node.too-old', '--json'], { env })).json()).toEqual({
      code: 'node.too-old',
      family: 'node',
      origin: 'client',
      retryable: false,
      ...en,
    })
  })

  it('says in English what is wrong where JSON is asked for', async () => {
    const { code, json } = await ehealth(['explain', 'nothing', '--json'], { env: { LC_ALL: 'fr_BE' } })
    expect(code).toBe(2)
    expect(json()).toMatchObject({
      error: { code: 'usage', message: expect.stringMatching(/^there is no code nothing/) as string },
    })
  })

  it('lists the codes of a family, and all of them', async () => {
    const members = codes.filter((code) => code.startsWith('xml.'))
    const family = await ehealth(['explain', 'xml'])
    expect([...family.stdout.matchAll(/^xml\.\S+/gm)].map(([code]) => code)).toEqual([...members].sort())
    const { json } = await ehealth(['explain', 'xml', '--json'])
    const asJson = json<{ family: string; codes: { code: string; hint: string }[] }>()
    expect(asJson.family).toBe('xml')
    expect(asJson.codes.map(({ code }) => code)).toEqual([...members].sort())
    const all = await ehealth(['explain', '--list', '--json'])
    expect(all.json<{ code: string }[]>().map(({ code }) => code)).toEqual([...codes].sort())
    expect((await ehealth(['explain', '--list'])).stdout.split('\n')).toHaveLength(codes.length + 1)
  })

  it.each([
    ['keystore.pasword', 'keystore.password'],
    ['keystor', 'keystore'],
    ['SOA-0101', 'SOA-01001'],
    ['password', 'keystore.password'],
    ['digest', 'ehbox.digest'],
    ['passwrd', 'keystore.password'],
    ['clock.skw', 'clock.skew'],
  ])('refuses %s and names %s as near', async (given, near) => {
    const { code, stdout, stderr } = await ehealth(['explain', given])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(`there is no code ${given}; near it: `)
    expect(stderr.split(/[\s,]+/)).toContain(near)
  })

  it.each([
    [['constructor'], 'explain --list shows every one'],
    [['\u001b[31mred'], '\ufffd[31mred'],
    [[], 'give a code, or --list'],
    [['--list', 'xml'], '--list goes without a code'],
  ])('refuses %j', async (parameters, remark) => {
    const { code, stderr } = await ehealth(['explain', ...parameters])
    expect(code).toBe(2)
    expect(stderr).toContain(remark)
  })
})
