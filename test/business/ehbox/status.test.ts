import { describe, expect, it } from 'vitest'

import { assertSuccess, refusals, statusOf } from '../../../src/business/ehbox/status.js'

const answer = (Code: string) => ({
  Id: 'RESP-1',
  Status: { Code, Message: [{ value: 'Texte', Lang: 'FR' as const }, { value: 'text' }] },
})

describe('the status of an answer', () => {
  it.each(['100', '200'])('%s is success', (code) => {
    const given = answer(code)
    expect(assertSuccess(given)).toBe(given)
  })

  it.each([...Object.keys(refusals), '826', '101', '', '900'])(
    '%j is a refusal with the platform’s own words',
    (code) => {
      expect(() =>
        assertSuccess(answer(code), { httpStatus: 200, correlationId: 'c-1' }, { listed: ['a'] }),
      ).toThrowError(
        expect.objectContaining({
          code: 'ehbox.refused',
          origin: 'platform',
          platform: {
            code,
            id: 'RESP-1',
            messages: [{ text: 'Texte', language: 'FR' }, { text: 'text' }],
            httpStatus: 200,
            correlationId: 'c-1',
          },
          details: { listed: ['a'] },
        }),
      )
    },
  )

  it.each([
    ['802', 'me.addressBook'],
    ['803', '`qualities`'],
    ['820', 'List the folder again'],
    ['814', 'platform.messages'],
  ])('%s says what to do', (code, advice) => {
    expect(() => assertSuccess(answer(code))).toThrowError(
      expect.objectContaining({ hint: expect.stringContaining(advice) as string }),
    )
  })

  it('does not carry texts of the platform into the message of the error', () => {
    const strange = answer('<script>90010199794</script>')
    expect(() => assertSuccess(strange)).toThrowError(/status of unusual form$/)
    expect(statusOf(strange.Status).code).toContain('script')
  })
})
