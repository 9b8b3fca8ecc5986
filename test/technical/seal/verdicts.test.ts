/** Verdicts of the official library over its own messages, over assembled ones and over damaged ones. */
import { describe, expect, it } from 'vitest'

import { unseal, unsealReport, type UnsealReport } from '../../../src/technical/seal/index.js'
import { later, openVectors, withinMinutes, type MessageVector } from './vectors.js'

const vectors = openVectors()

/** The three ways in which the manifest judges every message. */
const readings = [
  { name: 'within5Minutes', now: withinMinutes, signingTimeTrustImplicit: false },
  { name: 'later', now: later, signingTimeTrustImplicit: false },
  { name: 'laterImplicitTime', now: later, signingTimeTrustImplicit: true },
] as const

/** A broken padding makes the official byte-array call throw; its stream call reports this (docs/decisions/0003). */
const insteadOfException = 'INNER_SIGNED_DATA_STRUCTURE_INCORRECT'

const names = (report: UnsealReport): unknown => ({
  fatal: report.fatal ?? null,
  errors: [...report.errors].sort(),
  warnings: [...report.warnings].sort(),
})

const title = (vector: MessageVector): string =>
  `${vector.file} opened with ${vector.open}${vector.nonRepudiation ? ', non-repudiation asked' : ''}: ${vector.note}`

/** The plaintext of a message; that of one which is refused only as long as its age counts is the usual one. */
const plainOf = ({ plaintext }: MessageVector): string => plaintext?.slice('plain/'.length) ?? 'kib.bin'

describe('verdicts over the vectors', () => {
  for (const vector of vectors.messages)
    it(title(vector), async () => {
      const options = await vectors.optionsFor(vector)
      const sealed = vectors.read(vector.file)
      for (const { name, now, signingTimeTrustImplicit } of readings) {
        const official = vector[name]
        // One row of the manifest was read without the option that this column is about.
        if (official === undefined || (vector.open === 'web-key' && signingTimeTrustImplicit)) continue
        const report = await unsealReport(sealed, { ...options, now, signingTimeTrustImplicit })
        expect({ name, ...(names(report) as object) }).toEqual({
          name,
          fatal: official.exception === undefined ? official.fatal : insteadOfException,
          errors: [...(official.errors ?? [])].sort(),
          // The exception ended the official reading before its warnings were told.
          warnings:
            official.exception === undefined ? [...(official.warnings ?? [])].sort() : report.warnings,
        })
        expect(report.accepted).toBe(
          official.fatal === null && (official.errors ?? []).length === 0 && official.exception === undefined,
        )
        if (report.accepted)
          expect(Buffer.from(report.content).equals(vectors.read('plain/' + plainOf(vector)))).toBe(true)
      }
      const outcome = await unseal(sealed, { ...options, now: later }).then(
        () => 'accepted',
        (error: unknown) => (error as { family: string }).family,
      )
      expect(outcome).toBe(vector.officialVerdict === 'refuse' ? 'unseal' : 'accepted')
    })
})
