/** What is known of a profession or an organisation: data, so that a wrong guess is one line to change (spec sts-iam §3.5). */

/** Seen in a working client, a real token or an official list; or concluded from its siblings. */
export type Evidence = 'confirmed' | 'inferred'

/**
 * Where a name was seen (spec sts-iam, first paragraph): C473 and C402 official connectors, FHC freehealth-connector,
 * REC Recip-e, EGE eH-I, PYC the Python bridge with its real token, MED Medikit.
 */
export type Source = 'C402' | 'C473' | 'EGE' | 'FHC' | 'MED' | 'PYC' | 'REC'

/** A number by which a caller is known, or that he names beside his own. */
export type NumberName = 'ssin' | 'nihii' | 'cbe' | 'ehp' | 'site' | 'pharmacy' | 'holder'

/** Whether a number must be given; `own-ssin`: that of the caller when it is not. */
export type NumberRule = 'required' | 'optional' | 'own-ssin'

/** `with-<number>`: only when the caller gave that number. */
export type When = 'always' | `with-${NumberName}`

/** A SAML attribute of a token request (spec sts-iam §3.1). */
export interface AttributeData {
  readonly name: string
  /** `identification`: the caller says it and the STS checks it; `certified`: the platform says it. */
  readonly namespace: 'identification' | 'certified'
  /** Goes out with this number, or with this text; without either it is asked for. */
  readonly value?: NumberName | { readonly text: string }
  /** When it is part of the request. Default `always`. */
  readonly sent?: When
  /** When a token without it (absent, empty or `false`) is of no use. Never when omitted. */
  readonly demanded?: When
  readonly evidence: Evidence
  /** Where it was seen; empty for what all have in common and for what is inferred. */
  readonly sources: readonly Source[]
}

/** A fact of a profession that may be a guess. */
export type GuessableFact = 'quality' | 'kmehr' | 'certificateType'

/** One row of the tables of spec sts-iam §3.2 and §3.3. */
export interface ProfessionData {
  /** For people, for instance `Physiotherapist`. */
  readonly title: string
  readonly kind: 'person' | 'organisation'
  /** Package of the Welcome Pack that belongs to it. */
  readonly package?: string
  /** Quality of the eHealthBox and the address book, for instance `DOCTOR`; absent where none is known. */
  readonly quality?: string
  /** Code of the KMEHR list CD-HCPARTY, for instance `persphysician`; absent where none is known. */
  readonly kmehr?: string
  /** Type of the certificate and of the encryption token, for instance `NIHII-HOSPITAL`. */
  readonly certificateType: string
  /** The numbers that a caller gives. */
  readonly numbers: Readonly<Partial<Record<NumberName, NumberRule>>>
  /** In the order of the request. */
  readonly attributes: readonly AttributeData[]
  /** Facts beside the attributes that are inferred; every other one is confirmed. */
  readonly inferred?: readonly GuessableFact[]
  /** What a reader must know. */
  readonly note?: string
}
