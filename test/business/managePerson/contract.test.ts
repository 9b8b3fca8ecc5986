import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  BusinessAnomalies,
  RegisterPersonRequest,
  RegisterPersonResponse,
} from '../../../src/business/managePerson/contract.js'
import { childElements, problemsOf, read, type ElementDeclaration } from '../../../src/technical/xml/index.js'
import { anyMessageOf } from '../anyMessageOf.js'
import { fixture, reread } from '../registerMessages.js'

describe('the messages of ManagePerson v2', () => {
  it('read the sample of a request strictly and write it again the same', () => {
    const value = read(RegisterPersonRequest, fixture('manageperson-v2-register.request.xml'), {
      strict: true,
    })
    expect(value).toMatchObject({ ApplicationID: '0', Person: { Birth: { BirthDate: '1985-09-30' } } })
    expect(reread(RegisterPersonRequest, value)).toEqual(value)
  })

  it('tell existing persons and the anomaly that goes with them', () => {
    const value = read(RegisterPersonResponse, fixture('manageperson-v2-register.response-existing.xml'), {
      strict: true,
    })
    expect(value.Result?.ExistingPersons?.ExistingPerson).toMatchObject([
      { register: 'BIS', Ssin: '85493099341' },
    ])
    const [anomalies] = childElements(value.Status.StatusDetail!.element!)
    expect(read(BusinessAnomalies, anomalies!, { strict: true })).toEqual({
      BusinessAnomaly: [
        { Code: '999999', Severity: 'FATAL', Description: 'Similar persons exist (synthetic example)' },
      ],
    })
  })

  it.each<[string, ElementDeclaration<unknown>]>([
    ['RegisterPersonRequest', RegisterPersonRequest],
    ['RegisterPersonResponse', RegisterPersonResponse],
    ['BusinessAnomalies', BusinessAnomalies],
  ])('are read as they were written: %s', (_, declaration) => {
    fc.assert(
      fc.property(anyMessageOf(declaration), (value) => {
        expect(reread(declaration, value)).toEqual(value)
      }),
      { numRuns: 30 },
    )
  })

  it('name the place of a fault', () => {
    const person = { Name: { LastName: 'EXEMPLE' }, CivilStates: { CivilState: [{ CivilStateCode: '20' }] } }
    const value = { ApplicationID: '0', IssueInstant: new Date(0), Person: person } as unknown
    expect(problemsOf<unknown>(RegisterPersonRequest, value).map(({ path }) => path)).toEqual([
      'RegisterPersonRequest.Person.Birth',
      'RegisterPersonRequest.Person.CivilStates.CivilState[0].StartDate',
    ])
  })
})
