import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  idTypes,
  ProviderInfo,
  VerifyIdRequest,
  VerifyIdResponse,
} from '../../../src/business/idSupport/contract.js'
import { cardSupportTypes } from '../../../src/technical/identifiers/index.js'
import { childElements, read, type ElementDeclaration } from '../../../src/technical/xml/index.js'
import { anyMessageOf } from '../anyMessageOf.js'
import { fixture, refusedAt, reread } from '../registerMessages.js'

describe('the messages of IdSupport', () => {
  it.each<[string, ElementDeclaration<unknown>]>([
    ['idsupport-verify-id.request-barcode.xml', VerifyIdRequest],
    ['idsupport-verify-id.response-valid.xml', VerifyIdResponse],
  ])('read the sample strictly and write it again the same: %s', (name, declaration) => {
    const value = read(declaration, fixture(name), { strict: true })
    expect(reread(declaration, value)).toEqual(value)
  })

  it('tell what the authentic source said of a refusal', () => {
    const { Status } = read(VerifyIdResponse, fixture('idsupport-verify-id.response-error.xml'))
    const [info] = childElements(Status.StatusDetail!.element!)
    expect(read(ProviderInfo, info!, { strict: true })).toMatchObject({
      Value: 'NO_RESULT',
      Code: 'MSG00008',
      Information: [{ FieldName: 'ssin' }],
    })
  })

  it.each(['negative-idsupport-id-in-commons-namespace.xml', 'negative-idsupport-three-ids.xml'])(
    'are refused with the place of the fault: %s',
    (name) => {
      expect(refusedAt(VerifyIdRequest, fixture(name))).toBe('VerifyIdRequest.IdentificationData.Id')
    },
  )

  it.each<[string, ElementDeclaration<unknown>]>([
    ['VerifyIdRequest', VerifyIdRequest],
    ['VerifyIdResponse', VerifyIdResponse],
    ['ProviderInfo', ProviderInfo],
  ])('are read as they were written: %s', (_, declaration) => {
    fc.assert(
      fc.property(anyMessageOf(declaration), (value) => {
        expect(reread(declaration, value)).toEqual(value)
      }),
      { numRuns: 30 },
    )
  })

  it('call the identifiers as the rest of the library does', () => {
    expect(idTypes).toMatchObject(cardSupportTypes)
  })
})
