import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { idSupportOperations, type VerifyIdResponse } from '../../../src/business/idSupport/contract.js'
import type { CardToVerify } from '../../../src/business/idSupport/index.js'
import { connect, type Connection } from '../../../src/connect.js'
import { isEHealthError, type ErrorCode } from '../../../src/errors.js'
import { physician } from '../../../src/professions/index.js'
import { startSimulator, type Simulator } from '../../../src/simulator/index.js'
import { peopleOf } from '../../../src/simulator/register/index.js'
import { simulate } from '../../../src/simulator/service.js'
import { idSupport } from '../../../src/simulator/services/idSupport.js'

const adult = { ssin: '68052199235', cardNumber: '599000010135' }

/** What is answered instead of what the simulator would say. */
let strange: ((value: Pick<VerifyIdResponse, 'Status'>) => Partial<VerifyIdResponse>) | undefined
const served = simulate(idSupportOperations.verifyId, {
  answer: (call) => {
    const usual = idSupport.operations[0]!.handler.answer(call) as { value: VerifyIdResponse }
    if (strange === undefined) return usual
    const Status = { StatusCode: { Value: 'urn:be:fgov:ehealth:2.0:status:Success' } }
    return { value: { Id: '_1', IssueInstant: call.now, Status, ...strange({ Status }) } }
  },
})

let simulator: Simulator
let me: Connection<'idSupport'>
beforeAll(async () => {
  simulator = await startSimulator({ services: [{ service: 'idSupport', operations: [served] }] })
  const { environment, runtime, personas } = simulator
  const { ssin, nihii, keystore, password } = personas.physician
  me = await connect({
    environment,
    runtime,
    keystore: { bytes: keystore, password },
    as: physician({ ssin, nihii }),
  })
})
afterAll(async () => {
  await me?.close()
  await simulator?.close()
})

describe('verifying a card', () => {
  it('says that it is his, and when it ends', async () => {
    const answer = await me.idSupport.verify({ ssin: '68.05.21-992.35', cardNumber: '599-0000101-35' })
    expect(answer).toMatchObject({
      outcome: 'valid',
      ...adult,
      card: 'EID',
      remarks: [{ detail: 'expiry', date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string }],
      problems: [],
    })
  })

  it('says that it is not his, and tells nothing of whose it is', async () => {
    const answer = await me.idSupport.verify({ ...adult, ssin: '88091199108' })
    expect(answer).toMatchObject({ outcome: 'not-valid', ssin: '88091199108', remarks: [] })
    expect(answer).not.toHaveProperty('card')
  })

  it('says that a card of a dead person is out of use', async () => {
    const answer = await me.idSupport.verify({ ssin: '31021499625', cardNumber: '599000010236' })
    expect(answer).toMatchObject({ outcome: 'not-valid', remarks: [{ detail: 'deceased' }] })
  })

  it('says that a card has expired from the day after on', async () => {
    const holder = '15060799455'
    const card = {
      holder,
      kind: 'KIDS-ID',
      number: '599000020138',
      issued: '2020-01-01',
      expires: '2026-01-01',
    } as const
    peopleOf(simulator.world).addCard({ ...card, expires: '2020-01-02' })
    const answer = await me.idSupport.verify({ ssin: holder, cardNumber: card.number })
    expect(answer).toMatchObject({ outcome: 'not-valid', card: 'KIDS-ID' })
  })

  it('takes the number of a foreigner, which has no check digits', async () => {
    const answer = await me.idSupport.verify({ ssin: '88091199108', cardNumber: 'B99900001' })
    expect(answer).toMatchObject({ outcome: 'valid', card: 'FOREIGNER' })
  })

  it('tells by the barcode alone whose card it is', async () => {
    const [card] = peopleOf(simulator.world).cards('15060799455')
    const answer = await me.idSupport.verify({ barcode: card!.barcode! })
    expect(answer).toMatchObject({ outcome: 'valid', ssin: '15060799455', cardNumber: card!.number })
    expect(await me.idSupport.verify({ barcode: '0000000000000000000000' })).toMatchObject({
      outcome: 'not-valid',
    })
  })

  it('writes the legal context where there is one, and none where there is none', async () => {
    const plain = await me.idSupport.verify(adult)
    expect(plain.meta.raw.request).not.toContain('LegalContext')
    const { meta } = await me.idSupport.verify(adult, { legalContext: 'patient insurance validation' })
    expect(meta.raw.request).toContain('>patient insurance validation</')
    const { environment, runtime, personas } = simulator
    const { ssin, nihii, keystore, password } = personas.physician
    await using other = await connect({
      environment,
      runtime,
      keystore: { bytes: keystore, password },
      as: physician({ ssin, nihii }),
      nationalRegister: { legalContext: { simulation: 'of the connection', production: 'another' } },
    })
    const configured = await other.idSupport.verify(adult)
    expect(configured.meta.raw.request).toContain('>of the connection</')
    const own = await other.idSupport.verify(adult, { legalContext: 'of the call' })
    expect(own.meta.raw.request).toContain('>of the call</')
  })

  it('takes a number of the holder that was replaced, and tells the card by it', async () => {
    const people = peopleOf(simulator.world)
    const [holder] = people.rare('corrected-number')
    const { formerSsins } = people.find(holder!)!.person!
    const card = people.cards(holder!).find(({ ended, kind }) => ended === undefined && kind !== 'ISI+')!
    const answer = await me.idSupport.verify({ ssin: formerSsins[0]!, cardNumber: card.number })
    expect(answer).toMatchObject({ card: card.kind, ssin: formerSsins[0] })
  })
})

describe('what cannot be verified', () => {
  it.each<[object, ErrorCode, string]>([
    [{}, 'id-support.combination', 'card'],
    [{ ssin: adult.ssin }, 'id-support.combination', 'card'],
    [{ cardNumber: adult.cardNumber }, 'id-support.combination', 'card'],
    [{ ...adult, barcode: '0' }, 'id-support.combination', 'card'],
    [{ ...adult, ssin: '68052199234' }, 'identifier.check-digit', 'card.ssin'],
    [{ ...adult, cardNumber: '599000010134' }, 'identifier.check-digit', 'card.cardNumber'],
    [{ barcode: '' }, 'identifier.length', 'card.barcode'],
    [{ ...adult, isiCard: '1' }, 'configuration.invalid', 'card.isiCard'],
  ])('is told before anything is sent', async (card, code, path) => {
    const before = simulator.calls('idSupport')
    const refusal: unknown = await me.idSupport.verify(card as CardToVerify).catch((error: unknown) => error)
    expect(isEHealthError(refusal, code) && refusal.path).toBe(path)
    const said = JSON.stringify(refusal)
    for (const value of Object.values(card) as string[])
      if (value.length > 3) expect(said).not.toContain(value)
    expect(simulator.calls('idSupport')).toBe(before)
  })
})

describe('an answer that is no answer', () => {
  const answering = async (
    about: (value: Pick<VerifyIdResponse, 'Status'>) => Partial<VerifyIdResponse>,
    act: () => Promise<void>,
  ): Promise<void> => {
    strange = about
    await act().finally(() => (strange = undefined))
  }

  it('is unclear with another word than the two, and without a word; a refusal is told with its reason', async () => {
    const verdicts = ['TRUE', ' False ', '1', 'unknown', undefined, 'refuse']
    let asked = 0
    await answering(
      ({ Status }) => {
        const verdict = verdicts[asked++]
        if (verdict === 'refuse')
          return {
            Status: {
              StatusCode: {
                Value: 'urn:be:fgov:ehealth:2.0:status:Responder',
                StatusCode: { Value: 'urn:x' },
              },
              StatusMessage: 'not now',
              StatusDetail: {
                xml: '<d:StatusDetail xmlns:d="urn:be:fgov:ehealth:commons:core:v2"><o:Other xmlns:o="urn:o"></o:Other><i:ProviderInfo xmlns:i="urn:be:fgov:ehealth:idsupport:core:v2"><i:Value>NO_RESULT</i:Value><i:Code>MSG00003</i:Code></i:ProviderInfo></d:StatusDetail>',
              },
            },
          }
        return verdict === undefined
          ? { Status }
          : { ValidationResult: { Id: [], IsValidCombination: verdict, Info: [] } }
      },
      async () => {
        const outcomes = []
        while (asked < verdicts.length) outcomes.push(await me.idSupport.verify(adult))
        expect(outcomes).toMatchObject([
          { outcome: 'valid' },
          { outcome: 'not-valid' },
          { outcome: 'unclear', verdict: '1' },
          { outcome: 'unclear', verdict: 'unknown' },
          { outcome: 'unclear' },
          {
            outcome: 'refused',
            code: 'urn:be:fgov:ehealth:2.0:status:Responder',
            subCode: 'urn:x',
            message: 'not now',
            provider: { value: 'NO_RESULT', code: 'MSG00003', fields: [] },
          },
        ])
      },
    )
  })

  it('about somebody else does not pass unseen', async () => {
    await answering(
      () => ({
        ValidationResult: {
          Id: [{ Type: 'urn:be:fgov:person:ssin', value: '88091199108' }],
          IsValidCombination: 'true',
          Info: [],
        },
      }),
      async () => {
        expect(await me.idSupport.verify(adult)).toMatchObject({
          outcome: 'valid',
          ssin: '88091199108',
          problems: ['the answer names another SSIN than was asked for'],
        })
      },
    )
  })
})
