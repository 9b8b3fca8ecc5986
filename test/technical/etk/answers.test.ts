/** The depot answers in every way that its contract allows; a server says here what the simulator never would. */
import { buffer } from 'node:stream/consumers'

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { hospital } from '../../../src/professions/index.js'
import { etkDepot } from '../../../src/technical/etk/index.js'
import { createSession, type Session } from '../../../src/technical/session/index.js'
import { startTestServer, type TestServer } from '../soap/testServer.js'

const owner = { type: 'CBE', value: '0999990123' }

let server: TestServer
let session: Session
let answer = ''
let requests: string[] = []
beforeAll(async () => {
  server = await startTestServer((request, response) => {
    void buffer(request).then((body) => {
      requests.push(body.toString())
      response.writeHead(200, { 'Content-Type': 'text/xml; charset=utf-8' })
      response.end(
        '<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>' +
          '<p:GetEtkResponse xmlns:p="urn:be:fgov:ehealth:etkdepot:1_0:protocol" xmlns:c="urn:be:fgov:ehealth:commons:1_0:core">' +
          `${answer}</p:GetEtkResponse></S:Body></S:Envelope>`,
      )
    })
  })
})
afterAll(() => server.close())
beforeEach(() => {
  requests = []
  session = createSession({
    environment: {
      name: 'simulation',
      baseUrl: server.url,
      trust: { tls: [server.authorities.root.certificate.toPem()] },
    },
    actor: hospital({ nihii: '71997358' }),
    keystore: { file: 'there-is-none.p12', password: '' },
  })
})

const status = (code: string, text = 'Text'): string =>
  `<c:Status><Code>${code}</Code><Message Lang="EN">${text}</Message></c:Status>`
const given =
  '<p:GivenSearchCriteria><p:Identifier><p:Type>CBE</p:Type><p:Value>1</p:Value></p:Identifier></p:GivenSearchCriteria>'
const error = (code: string): string =>
  `${status('200')}${given}<p:Error><p:Code>${code}</p:Code><p:Message>Text</p:Message></p:Error>`
const identifier = (type: string, value: string, application?: string): string =>
  `<p:Identifier><p:Type>${type}</p:Type><p:Value>${value}</p:Value>${
    application === undefined ? '' : `<p:ApplicationID>${application}</p:ApplicationID>`
  }</p:Identifier>`

describe('every error of the depot', () => {
  it.each([
    ['status 400', status('400'), 'etk.unknown-type', '400', false],
    ['status 404', status('404'), 'etk.not-found', '404', false],
    ['status 500', status('500'), 'etk.unavailable', '500', true],
    ['a status that nobody documents', status('777'), 'etk.refused', '777', false],
    ['a number that matches nothing', error('NO_MATCHING_ETK'), 'etk.not-found', 'NO_MATCHING_ETK', false],
    ['a wrong SSIN', error('INVALID_SSIN_NUMBER'), 'etk.invalid-number', 'INVALID_SSIN_NUMBER', false],
    [
      'a wrong NIHII number',
      error('INVALID_NIHII_NUMBER'),
      'etk.invalid-number',
      'INVALID_NIHII_NUMBER',
      false,
    ],
    ['a wrong CBE number', error('INVALID_CBE_NUMBER'), 'etk.invalid-number', 'INVALID_CBE_NUMBER', false],
    ['an error that nobody documents', error('SOMETHING_ELSE'), 'etk.refused', 'SOMETHING_ELSE', false],
  ])('has a code: %s', async (_, body, code, platformCode, retryable) => {
    answer = body
    await expect(etkDepot(session).get(owner)).rejects.toMatchObject({
      code,
      retryable,
      platform: { code: platformCode, messages: [{ text: 'Text' }] },
    })
    const searched = etkDepot(session).search(owner)
    if (code === 'etk.not-found') expect(await searched).toEqual({ outcome: 'none' })
    else await expect(searched).rejects.toMatchObject({ code })
  })

  it('is not quoted where it looks like something else', async () => {
    answer = status('90010199794 is unknown')
    const refused: unknown = await etkDepot(session)
      .get(owner)
      .catch((reason: unknown) => reason)
    expect(refused).toMatchObject({ code: 'etk.refused', message: 'the ETK depot answered unknown' })
  })

  it('may be an answer with nothing in it', async () => {
    for (const body of [status('200'), status('200') + given]) {
      answer = body
      await expect(etkDepot(session).get(owner)).rejects.toMatchObject({ code: 'contract.unreadable' })
    }
  })
})

describe('several matches', () => {
  it('are told with every identifier of each, and nothing more is asked', async () => {
    answer = `${status('200')}${given}<p:MatchingEtk>${identifier('CBE', '0999990123', 'APP-1')}${identifier(
      'NIHII-HOSPITAL',
      '71997358',
    )}</p:MatchingEtk><p:MatchingEtk>${identifier('CBE', '0999990123', '')}</p:MatchingEtk>`
    expect(await etkDepot(session).search(owner)).toEqual({
      outcome: 'several',
      matches: [
        {
          identifiers: [
            { type: 'CBE', value: '0999990123', application: 'APP-1' },
            { type: 'NIHII-HOSPITAL', value: '71997358', application: '' },
          ],
        },
        { identifiers: [{ type: 'CBE', value: '0999990123', application: '' }] },
      ],
    })
    expect(requests).toHaveLength(1)
  })

  it('that lead to matches again are ambiguous, not an endless search', async () => {
    answer = `${status('200')}${given}<p:MatchingEtk>${identifier('CBE', '0999990123', 'APP-1')}</p:MatchingEtk>`
    await expect(etkDepot(session).getAll(owner)).rejects.toMatchObject({ code: 'etk.ambiguous' })
    expect(requests).toHaveLength(2)
  })
})

describe('the application in a question', () => {
  it.each([
    ['absent', {}, /<\/(\w+:)?Value><\/(\w+:)?Identifier>/],
    ['empty', { application: '' }, /<(\w+:)?ApplicationID(\/>|><\/)/],
    ['named', { application: 'APP-1' }, /<(\w+:)?ApplicationID>APP-1</],
  ])('is %s as the caller has it', async (_, application, expected) => {
    answer = status('404')
    await etkDepot(session).search({ ...owner, ...application })
    expect(requests).toHaveLength(1)
    expect(requests[0]).toMatch(expected)
  })
})
