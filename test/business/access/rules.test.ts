import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { decide, type Findings } from '../../../src/business/access/index.js'

const consents = ['given', 'revoked', 'none', 'deceased', 'refused', 'unanswered'] as const
const links = ['linked', 'none', 'excluded', 'refused', 'unanswered'] as const
const exclusions = ['excluded', 'none', 'unchecked', 'refused', 'unanswered'] as const

const all: Findings[] = consents.flatMap((consent) =>
  links.flatMap((link) =>
    exclusions.flatMap((exclusion) =>
      [false, true].map((emergency) => ({ consent, link, exclusion, emergency })),
    ),
  ),
)

const silent = ({ consent, link, exclusion }: Findings) =>
  [consent, link, exclusion].some((finding) => finding === 'unanswered' || finding === 'refused')
const isExcluded = ({ link, exclusion }: Findings) => link === 'excluded' || exclusion === 'excluded'

describe('the rules of access', () => {
  it('cover every combination there is', () => {
    expect(all).toHaveLength(6 * 5 * 5 * 2)
    expect(new Set(all.map((findings) => JSON.stringify(findings))).size).toBe(all.length)
  })

  it('are those of the table', () => {
    const row = (
      consent: Findings['consent'],
      link: Findings['link'],
      exclusion: Findings['exclusion'],
      emergency: boolean,
    ) => decide({ consent, link, exclusion, emergency })
    for (const consent of consents)
      for (const link of links)
        for (const emergency of [false, true])
          expect(row(consent, link, 'excluded', emergency)).toMatchObject({
            decision: 'deny',
            reasons: expect.arrayContaining(['excluded']) as string[],
          })
    expect(row('given', 'linked', 'none', false)).toEqual({ decision: 'allow', via: 'link', cautions: [] })
    expect(row('given', 'none', 'none', true)).toEqual({
      decision: 'allow',
      via: 'break-the-glass',
      cautions: ['break-the-glass'],
    })
    expect(row('given', 'none', 'none', false)).toEqual({ decision: 'deny', reasons: ['no-link'] })
    for (const link of ['linked', 'none'] as const)
      for (const emergency of [false, true])
        for (const consent of ['revoked', 'none'] as const)
          expect(row(consent, link, 'none', emergency)).toMatchObject({
            decision: 'deny',
            reasons: expect.arrayContaining(['no-consent']) as string[],
          })
    expect(row('given', 'linked', 'unchecked', false)).toEqual({
      decision: 'allow',
      via: 'link',
      cautions: ['exclusion-not-checked'],
    })
    expect(row('deceased', 'linked', 'unchecked', true)).toEqual({ decision: 'deny', reasons: ['deceased'] })
    expect(row('unanswered', 'linked', 'none', false)).toEqual({
      decision: 'unknown',
      causes: ['consent-unanswered'],
      reasons: [],
    })
    expect(row('none', 'unanswered', 'unchecked', true)).toEqual({
      decision: 'unknown',
      causes: ['link-unanswered'],
      reasons: ['no-consent'],
    })
  })

  it('never allow what a rule forbids', () => {
    fc.assert(
      fc.property(fc.constantFrom(...all), (findings) => {
        const verdict = decide(findings)
        if (verdict.decision !== 'allow') return
        expect(findings.consent).toBe('given')
        expect(isExcluded(findings)).toBe(false)
        expect(silent(findings)).toBe(false)
        expect(findings.link === 'linked' || (findings.link === 'none' && findings.emergency)).toBe(true)
        // the glass is broken only where it must be
        expect(verdict.via).toBe(findings.link === 'linked' ? 'link' : 'break-the-glass')
        expect(verdict.cautions.includes('exclusion-not-checked')).toBe(findings.exclusion === 'unchecked')
      }),
      { numRuns: 5000 },
    )
  })

  it('say unknown whenever a service is silent, unless an exclusion is known', () => {
    for (const findings of all)
      expect(decide(findings).decision === 'unknown', JSON.stringify(findings)).toBe(
        silent(findings) && !isExcluded(findings),
      )
  })

  it('give every denial and every unknown its reasons, and an emergency never makes it worse', () => {
    for (const findings of all) {
      const verdict = decide(findings)
      if (verdict.decision === 'deny') expect(verdict.reasons.length).toBeGreaterThan(0)
      if (verdict.decision === 'unknown') expect(verdict.causes.length).toBeGreaterThan(0)
      if (findings.emergency && decide({ ...findings, emergency: false }).decision === 'allow')
        expect(verdict).toMatchObject({ decision: 'allow', via: 'link' })
    }
  })
})
