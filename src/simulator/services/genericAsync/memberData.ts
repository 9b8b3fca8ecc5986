/** Questions about many patients: each insurer answers for its own in one list (spec memberdata-mycarenet §2.5, §7). */
import {
  AttributeQueryList,
  ResponseList,
  type AttributeQuery,
  type Response,
} from '../../../business/memberData/contract.js'
import { EHealthError } from '../../../errors.js'
import { parseXml, read, write } from '../../../technical/xml/index.js'
import { answerQuestion } from '../memberData/answer.js'
import { admit } from '../memberData/sender.js'
import { refusesFacet, type MyCareNetSimulation } from '../memberData/settings.js'
import type { ContentRefusal, MailboxContent } from './types.js'

/** Ten thousand questions of some twenty elements. */
const limits = { maxDepth: 32, maxNodes: 2_000_000 }

/** Who answers where no insurer does. */
const broker = 'urn:be:cin:nippin:aa'

export const memberDataContent =
  (settings: MyCareNetSimulation): MailboxContent =>
  (content, { request, caller, world, now }) => {
    const { CareProvider, ...Origin } = request.CommonInput.Origin
    const { Nihii = {} } = CareProvider ?? {}
    const { nihii, quality } = admit(
      { ...Origin, CareProvider: { ...CareProvider, Nihii } },
      caller,
      settings,
    )
    const queries = questionsIn(content)
    if ('refused' in queries) return queries
    const answers = new Map<string, Response[]>()
    for (const query of queries) {
      const response = answerQuestion(query, {
        world,
        now,
        careProvider: nihii,
        refuses: (facet) => refusesFacet(settings, quality, facet),
        crossChecks: settings.crossChecks ?? true,
      })
      const issuer = response.Issuer?.value.trim() ?? broker
      const list = answers.get(issuer)
      if (list === undefined) answers.set(issuer, [response])
      else list.push(response)
    }
    return [...answers].map(([issuer, list]) => ({
      issuer,
      messageName: 'MDA',
      content: Buffer.from(
        `<?xml version="1.0" encoding="UTF-8"?>${write(ResponseList, { Response: list }).xml}`,
      ),
    }))
  }

/** What is no list of questions with identifiers of their own is not taken (inferred). */
function questionsIn(content: Uint8Array): readonly AttributeQuery[] | ContentRefusal {
  try {
    const { AttributeQuery } = read(AttributeQueryList, parseXml(content, limits).root, { strict: true })
    const unique = new Set(AttributeQuery.map(({ ID }) => ID))
    return unique.size < AttributeQuery.length ? { refused: 'Detail: an ID occurs twice' } : AttributeQuery
  } catch (error) {
    // where, never what: it may be a patient's
    if (error instanceof EHealthError) return { refused: `Detail: ${error.code}` }
    throw error
  }
}
