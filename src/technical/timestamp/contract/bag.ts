/** The document that a hospital has stamped: hashes of prescriptions (spec timestamp §5). */
import {
  integer,
  many,
  oneOf,
  required,
  string,
  type ElementDeclaration,
  type Infer,
  type Namespace,
} from '../../xml/index.js'
import { timestampingV1, timestampingV2 } from './consult.js'

const bagType = (version: Namespace) =>
  version.sequence(
    {
      JournalEntry: many(version.sequence({ Hash: string(), Ref: integer() }), { min: 1 }),
    },
    { Hash: required(oneOf('SHA-256')), SequenceNumber: required(integer()) },
  )

const BagType = bagType(timestampingV2)
export type TimeStampBagType = Infer<typeof BagType>

/** The schema declares the type and no element: its name is (inferred) from the type. */
const bagName = 'TimeStampBag'

export const TimeStampBag: ElementDeclaration<TimeStampBagType> = timestampingV2.element(bagName, BagType)
/** The same in the namespace of the first version. */
export const TimeStampBagV1: ElementDeclaration<TimeStampBagType> = timestampingV1.element(
  bagName,
  bagType(timestampingV1),
)
