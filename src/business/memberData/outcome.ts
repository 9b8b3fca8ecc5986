/** From a SAML answer to an outcome (spec memberdata-mycarenet §1.7, §1.8). */
import { EHealthError } from '../../errors.js'
import { assertionOf, insurerOf } from './assertions.js'
import { statusPrefix, subStatusPrefix, type Response } from './contract.js'
import { faultsIn, type MemberDataFault } from './faults.js'
import { factsOf } from './facts.js'
import type { AskedQuestion } from './question.js'
import type { MemberFacts } from './types.js'

/** The platform answered. */
export interface MemberDataAnswered<Outcome extends 'complete' | 'partial'> extends MemberFacts {
  outcome: Outcome
  /** Code of the insurer who answered, for instance `300`; absent where MyCareNet itself did. */
  insurer?: string
  warnings: MemberDataFault[]
}

/** The platform answered: completely, or with warnings, which say what is missing or may be so. */
export type MemberDataFacts = MemberDataAnswered<'complete'> | MemberDataAnswered<'partial'>

/**
 * No facts. `refused`: the question is wrong, or more than the caller may ask; it is of no use to repeat it.
 * `not-answerable`: the patient or the period has no answer, which is to be told to a person. `unavailable`: an insurer or
 * the way to it failed; try again later.
 */
export interface MemberDataRefused<Outcome extends 'refused' | 'not-answerable' | 'unavailable'> {
  outcome: Outcome
  insurer?: string
  /** Whether the same question may have an answer later. */
  retryable: boolean
  faults: MemberDataFault[]
}

/** Nothing is known, for one of three reasons. */
export type MemberDataRefusal =
  MemberDataRefused<'refused'> | MemberDataRefused<'not-answerable'> | MemberDataRefused<'unavailable'>

/** What a question leads to. */
export type MemberDataOutcome = MemberDataFacts | MemberDataRefusal

/**
 * Reads an answer to a question.
 *
 * @throws EHealthError `member-data.answer`, `member-data.other-answer` for the answer to another question or about
 * another patient
 */
export function outcomeOf(response: Response, asked: AskedQuestion): MemberDataOutcome {
  const { InResponseTo, Issuer, Status, Assertion } = response
  if (InResponseTo !== undefined && InResponseTo.trim() !== '' && InResponseTo !== asked.query.ID)
    throw new EHealthError('member-data.other-answer', 'the answer belongs to another question')
  Assertion.forEach(({ Subject }) => checkPatient(Subject?.NameID, asked))
  const faults = faultsIn(Status.StatusDetail?.element)
  const insurer = insurerOf(Issuer?.value)
  const status = wordOf(Status.StatusCode.Value, statusPrefix)
  const subStatus = wordOf(Status.StatusCode.StatusCode?.Value, subStatusPrefix)
  if (status === 'Success')
    return {
      outcome: subStatus === 'PartialAnswer' || faults.length > 0 ? 'partial' : 'complete',
      ...(insurer === undefined ? {} : { insurer }),
      warnings: faults,
      ...factsOf(Assertion.map(assertionOf), asked),
    }
  const outcome = status === 'Responder' ? responderOutcome(subStatus, faults) : 'refused'
  return {
    outcome,
    ...(insurer === undefined ? {} : { insurer }),
    retryable: outcome === 'unavailable',
    faults,
  }
}

/** Failures of insurers, unless they say that the question was at fault. */
function responderOutcome(
  subStatus: string,
  faults: readonly MemberDataFault[],
): 'not-answerable' | 'unavailable' {
  const inputAtFault = faults.length > 0 && faults.every(({ faultCode }) => faultCode === 'INPUT_ERROR')
  return subStatus === 'InternalError' && !inputAtFault ? 'unavailable' : 'not-answerable'
}

const wordOf = (value: string | undefined, prefix: string): string => {
  const word = value?.trim() ?? ''
  return word.startsWith(prefix) ? word.slice(prefix.length) : word
}

/** The echo of the patient, where there is one in the form that was asked with. */
function checkPatient(echo: { Format?: string; value: string } | undefined, { query }: AskedQuestion): void {
  const asked = query.Subject?.NameID
  if (echo === undefined || asked === undefined || echo.Format !== asked.Format) return
  if (echo.value.trim() !== asked.value.trim())
    throw new EHealthError('member-data.other-answer', 'the answer is about another patient')
}
