import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { createAddressBook } from '../../../src/business/addressBook/index.js'
import { all, connectThrough, openReader, refusalOf, rewritten, type Reader } from './people.js'

let reader: Reader
beforeAll(async () => {
  reader = await openReader({
    register: {
      actors: [
        {
          name: 'both',
          kind: 'person',
          displayName: 'TWO PROFESSIONS',
          givenName: 'TWO',
          surname: 'PROFESSIONS',
          profession: 'nurse',
          certificateType: 'SSIN',
          certificateValue: '90010199893',
          ssin: '90010199893',
          nihii: '19999024004',
          qualities: ['DOCTOR', 'MIDWIFE'],
          certified: {},
        },
      ],
    },
  })
})
afterAll(() => reader.close())

/** A contact that must be there. */
function found<Contact extends { outcome: string }>(
  contact: Contact,
): Extract<Contact, { outcome: 'found' }> {
  if (contact.outcome !== 'found') throw new Error('not found')
  return contact as Extract<Contact, { outcome: 'found' }>
}

describe('contact details', () => {
  it('hold address, e-mail address and mailbox of a professional', async () => {
    const { ssin, nihii } = reader.simulator.personas.nurse
    const byNumber = await reader.me.addressBook.professional({ nihii })
    expect(byNumber).toMatchObject({
      outcome: 'found',
      ssin,
      lastName: 'Exemplaire',
      firstName: 'Noor',
      professions: [
        {
          profession: { code: 'NURSE', nihii },
          addresses: [
            {
              type: 'activity',
              zipCode: expect.stringMatching(/^\d{4}$/) as string,
              street: [
                { language: 'fr', text: expect.any(String) as string },
                { language: 'nl', text: expect.any(String) as string },
              ],
              country: { isoCode: 'BE', names: [] },
            },
          ],
          emails: ['noor.exemplaire@example.invalid'],
          additionalInformation: [{ type: 'Mail', text: 'noor.exemplaire@example.invalid' }],
          eHealthBox: { id: ssin, type: 'INSS', quality: 'NURSE' },
        },
      ],
      eHealthBox: [{ id: ssin, type: 'INSS', quality: 'NURSE' }],
      problems: [],
      meta: { service: 'addressBook', operation: 'getProfessionalContactInfo' },
    })
    const { meta: _, ...same } = await reader.me.addressBook.professional({ ssin })
    expect(byNumber).toMatchObject(same)
  })

  it('hold a mailbox for each profession of somebody who has several', async () => {
    const contact = found(await reader.me.addressBook.professional({ ssin: '90010199893' }))
    expect(contact.professions.map(({ profession }) => [profession.code, profession.nihii])).toEqual([
      ['PHYSICIAN', '19999024004'],
      ['MIDWIFE', undefined],
    ])
    expect(contact.eHealthBox.map(({ quality }) => quality)).toEqual(['DOCTOR', 'MIDWIFE'])
  })

  it('hold those of an organisation, by each of its numbers', async () => {
    const { nihii } = reader.simulator.personas.hospital
    const { addressBook } = reader.me
    expect(await addressBook.organisation({ nihii, type: 'HOSPITAL' })).toMatchObject({
      outcome: 'found',
      nihii,
      names: [{ text: 'Sample General Hospital' }],
      eHealthBox: [{ id: nihii, type: 'NIHII', subType: 'HOSPITAL', quality: 'HOSPITAL' }],
    })
    expect(await addressBook.organisation({ nihii, type: 'PHARMACY' })).toMatchObject({
      outcome: 'not-found',
    })
    const [centre] = await all(addressBook.searchOrganisations({ type: 'TREATMENT_CENTER', name: '*' }))
    expect(found(await addressBook.organisation({ cbe: centre!.cbe! })).eHealthBox).toEqual([
      { id: centre!.cbe, type: 'CBE', subType: 'TREATMENT_CENTER', quality: 'TREATMENT_CENTER' },
    ])
    const [network] = await all(addressBook.searchOrganisations({ type: 'INSTITUTION_EHP', name: '*' }))
    expect(found(await addressBook.organisation({ ehp: network!.ehp! })).eHealthBox).toEqual([
      { id: network!.ehp, type: 'EHP', quality: 'INSTITUTION_EHP' },
    ])
  })

  it('say that nobody has a number', async () => {
    const { addressBook } = reader.me
    expect(await addressBook.professional({ ssin: '90010199794' })).toEqual({
      outcome: 'not-found',
      meta: expect.objectContaining({ httpStatus: 200 }) as object,
    })
    expect(await addressBook.organisation({ cbe: '0999999922' })).toMatchObject({ outcome: 'not-found' })
  })

  it('are open to a session alone', async () => {
    const addressBook = createAddressBook(reader.me.session)
    const { nihii } = reader.simulator.personas.nurse
    expect(await addressBook.professional({ nihii })).toMatchObject({ outcome: 'found' })
  })
})

describe('a mailbox of the address book', () => {
  it('is a recipient as it stands, sealed letters included', async () => {
    const contact = found(
      await reader.me.addressBook.professional({ nihii: reader.simulator.personas.nurse.nihii }),
    )
    const message = { title: 'Visit', body: 'Tomorrow at nine?' }
    const clear = await reader.me.ehbox.send({ to: contact.eHealthBox[0]!, ...message })
    const sealed = await reader.me.ehbox.send({ to: contact.eHealthBox, encrypt: true, ...message })
    for (const { outcome, recipients } of [clear, sealed]) {
      expect(outcome).toBe('sent')
      expect(recipients).toMatchObject([{ quality: 'NURSE', id: contact.ssin }])
    }
  })

  it('takes letters, whoever of the address book has it; who has none is told so', async () => {
    const { addressBook, ehbox } = reader.me
    const hospitals = await all(addressBook.searchOrganisations({ type: 'LABO', name: '*' }))
    const boxes = []
    for (const { nihii } of hospitals)
      boxes.push(found(await addressBook.organisation({ nihii: nihii! })).eHealthBox)
    expect(boxes.some((each) => each.length === 0)).toBe(true)
    const message = { title: 'To all laboratories', body: 'Closed on Monday' }
    const outcome = await ehbox.send({ to: boxes.flat(), ...message })
    expect(outcome).toMatchObject({ outcome: 'sent' })
    expect(outcome.recipients).toHaveLength(boxes.flat().length)
    // nobody who was invented has keys: nothing can be sealed for him
    const error = await refusalOf(ehbox.send({ to: boxes.flat(), encrypt: true, ...message }))
    expect(error).toMatchObject({ code: 'etk.not-found' })
  })
})

describe('an answer about somebody else', () => {
  it('does not stay unseen', async () => {
    const { ssin, nihii } = reader.simulator.personas.nurse
    const hospital = reader.simulator.personas.hospital.nihii
    const me = await connectThrough(
      reader.simulator,
      rewritten((xml) =>
        xml
          .replace(`>${ssin}</aa:SSIN>`, '>90010199794</aa:SSIN>')
          .replace(`>${nihii}</aa:NIHII>`, '>19999024004</aa:NIHII>')
          .replace(`>${hospital}</aa:Id>`, '>71009938</aa:Id>'),
      ),
    )
    expect(found(await me.addressBook.professional({ ssin })).problems).toEqual([
      'the answer names another SSIN number than was asked for',
    ])
    expect(found(await me.addressBook.professional({ nihii })).problems).toEqual([
      'the answer names another NIHII number than was asked for',
    ])
    expect(found(await me.addressBook.organisation({ nihii: hospital })).problems).toEqual([
      'the answer names another NIHII number than was asked for',
    ])
    await me.close()
  })
})
