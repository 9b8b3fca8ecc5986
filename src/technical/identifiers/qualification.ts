/**
 * Qualification (competence) codes: the last three digits of a NIHII number (spec identifiers §3.3). No official list is
 * public as data; the rows are what was seen, in the order in which they are looked at.
 */
import type { NihiiProfession } from './nihii.js'

/** A code or a range of codes. */
export interface QualificationData {
  readonly from: number
  readonly to: number
  /** Holders of whom it was seen. */
  readonly of: readonly NihiiProfession[]
  readonly meaning: string
  readonly evidence: 'confirmed' | 'inferred'
}

const one = (
  code: number,
  of: readonly NihiiProfession[],
  meaning: string,
  evidence: QualificationData['evidence'] = 'confirmed',
): QualificationData => ({ from: code, to: code, of, meaning, evidence })

const physician = ['physician'] as const

/** What is known of the codes; single codes stand before the ranges around them. */
export const qualifications: readonly QualificationData[] = [
  one(0, physician, 'basic diploma, no competence'),
  one(3, physician, 'recognised general practitioner'),
  one(4, physician, 'recognised and accredited general practitioner'),
  one(1, physician, 'general practitioner by acquired rights', 'inferred'),
  one(2, physician, 'general practitioner by acquired rights', 'inferred'),
  one(5, physician, 'general practitioner in training', 'inferred'),
  one(6, physician, 'general practitioner in training', 'inferred'),
  { from: 0, to: 9, of: physician, meaning: 'general practice', evidence: 'confirmed' },
  one(34, physician, 'gynaecology, in training'),
  one(58, physician, 'internal medicine, in training'),
  one(80, physician, 'acute medicine, in training'),
  one(90, physician, 'emergency medicine, in training'),
  { from: 10, to: 99, of: physician, meaning: 'specialist in training', evidence: 'inferred' },
  one(340, physician, 'gynaecology'),
  one(348, physician, 'gynaecology'),
  one(978, physician, 'gynaecology'),
  {
    from: 730,
    to: 739,
    of: physician,
    meaning: 'internal medicine (730: cardiology)',
    evidence: 'confirmed',
  },
  { from: 580, to: 603, of: physician, meaning: 'internal medicine', evidence: 'confirmed' },
  { from: 620, to: 660, of: physician, meaning: 'internal medicine', evidence: 'confirmed' },
  ...[668, 985, 987, 989, 996].map((code) => one(code, physician, 'internal medicine')),
  one(800, physician, 'acute medicine'),
  one(900, physician, 'emergency medicine'),
  { from: 100, to: 999, of: physician, meaning: 'recognised specialist', evidence: 'inferred' },
  { from: 401, to: 499, of: ['nurse-or-midwife'], meaning: 'nurse', evidence: 'inferred' },
  one(521, ['physiotherapist'], 'physiotherapist'),
  one(527, ['physiotherapist'], 'physiotherapist'),
  one(801, ['paramedical'], 'speech therapist, graduate'),
  one(802, ['paramedical'], 'speech therapist, licentiate'),
  one(0, ['hospital', 'institution', 'laboratory', 'service', 'group'], 'institution'),
  one(110, ['institution'], 'rest home'),
  one(210, ['institution'], 'rest and nursing home'),
  ...[111, 110, 100, 101, 1, 10, 11].map((code) =>
    one(code, ['service'], 'medical house, flat rates by its bits'),
  ),
]

/** What a qualification code means for that kind of holder; undefined where nothing is known. */
export function qualificationOf(
  profession: NihiiProfession,
  code: string,
): Pick<QualificationData, 'meaning' | 'evidence'> | undefined {
  const number = Number(code)
  return qualifications.find(({ from, to, of }) => of.includes(profession) && number >= from && number <= to)
}
