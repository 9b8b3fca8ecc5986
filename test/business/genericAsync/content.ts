/** Content to post. */
import { AttributeQueryList } from '../../../src/business/memberData/contract.js'
import { askedQuestion, judgeQuestion } from '../../../src/business/memberData/question.js'
import { write } from '../../../src/technical/xml/index.js'

/** A list of questions about patients, as an insurer takes it. */
export const queryList = (
  ssins: readonly string[],
  { issuer, now }: { issuer: string; now: Date },
): Buffer => {
  const queries = ssins.map(
    (ssin, index) =>
      askedQuestion(judgeQuestion({ patient: { ssin } }, now), { id: `_question-${index}`, issuer, now })
        .query,
  )
  return Buffer.from(write(AttributeQueryList, { AttributeQuery: queries }).xml)
}
