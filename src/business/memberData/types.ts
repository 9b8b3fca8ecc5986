/** What an answer says about a patient, as a caller sees it (spec memberdata-mycarenet §1.7). */
import type { MemberAssertion } from './assertions.js'

/** The person as the insurer knows him. Every field may be absent. */
export interface MemberPerson {
  ssin?: string
  lastName?: string
  firstName?: string
  /** `yyyy-mm-dd`. */
  birthDate?: string
  /** `male` or `female`; another word as it came. */
  gender?: string
  /** Only of somebody who has died. */
  deceasedDate?: string
}

/** A period in which an insurer answers for the patient. */
export interface InsuredPeriod {
  /** First day. */
  from: string
  /** First day that is no longer part of it. */
  until: string
  /** Code of the insuring organisation, for instance `300`: the first digit of the mutuality. */
  insurer?: string
  /** 3 digits. */
  mutuality?: string
  /** As it came: letters and blanks occur in it. */
  registrationNumber?: string
  /** Codes of the holder, 3 digits each (CT1, CT2). */
  ct1?: string
  ct2?: string
  /** Whether care is reimbursed at the higher rate (BIM, VT): the last digit of the codes is 1 (domain). */
  increasedReimbursement?: boolean
  /** When the insurer told it. */
  communicationDate?: string
  /** Approval of payment, 30 hexadecimal characters: with `requestType: 'invoicing'` only. */
  paymentApproval?: string
}

/** Whether somebody pays. `unknown`: the insurability was not asked for, or is missing in a partial answer. */
export type InsurabilityState = 'insured' | 'partly-insured' | 'not-in-order' | 'deceased' | 'unknown'

/** The facet `insurability`. */
export interface Insurability {
  /**
   * `insured`: periods cover every day that was asked for; `partly-insured`: some of them; `not-in-order`: the insurer
   * knows the patient and answers for no day, which is neither an error nor coverage.
   */
  state: InsurabilityState
  /** In the order of time, at most five. */
  periods: InsuredPeriod[]
  /** Whether the insurer pays the care provider directly (third payer). */
  paidByInsurer?: boolean
  /** Why there are no, fewer or other periods than were asked for. */
  situation?: {
    /** `closedBefore`, `changeDuring`, `multiple` or `startLater`; another word as it came. */
    event?: string
    transferDates: string[]
  }
  hospitalisation?: { hospital?: string; service?: string; admissionDate?: string }
  medicalHouses: { nihii?: string; type?: string; start?: string }[]
}

/** Everything that an answer says. A right that the patient does not have is absent. */
export interface MemberFacts {
  person?: MemberPerson
  insurability: Insurability
  /** Who keeps the global medical file. */
  globalMedicalFile?: { nihii?: string; lastName?: string; firstName?: string }
  palliativeStatus?: { startDate?: string }
  chronicCondition?: { years: string[] }
  /** As they came: what their attributes are called nobody has told. */
  carePaths: MemberAssertion[]
  referencePharmacies: MemberAssertion[]
  /** Every statement as it came, those above and those that are not known here. */
  assertions: MemberAssertion[]
  /** What is strange about the answer and no error: for the log of whoever integrates, without values. */
  problems: string[]
}
