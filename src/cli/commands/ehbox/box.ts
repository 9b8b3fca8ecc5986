/** Boxes and recipients as the command line names them. */
import { InvalidArgumentError, Option, type Command } from 'commander'

import type { Box, Party, Recipient } from '../../../business/ehbox/index.js'
import { english, t } from '../../language/index.js'
import { plain, UsageError } from '../../output.js'

/** `NURSE:SSIN:…`; check digits are judged by the library. */
export function parseBox(text: string, option: string): Box {
  const [quality = '', type = '', number = '', ...more] = text.split(':')
  if (quality !== '' && number !== '' && more.length === 0)
    switch (type.toUpperCase()) {
      // the platform's own word, which this command shows as it comes
      case 'INSS':
      case 'SSIN':
        return { quality, ssin: number }
      case 'NIHII':
        return { quality, nihii: number }
      case 'CBE':
        return { quality, cbe: number }
      case 'EHP':
        return { quality, ehp: number }
    }
  throw new UsageError(english`${option} takes QUALITY:TYPE:NUMBER with TYPE one of SSIN, NIHII, CBE, EHP`)
}

/** A box, or `NURSE:ALL` for everybody of a quality. */
export function parseRecipient(text: string): Recipient {
  const group = /^([A-Z_]+):ALL$/.exec(text)
  return group === null ? parseBox(text, '--to') : { everybody: true, quality: group[1]! }
}

/** What {@link addBoxOption} adds. */
export interface BoxOption {
  box?: Box
}

/** Adds the option that names another of the caller's boxes. */
export const addBoxOption = (command: Command): Command =>
  command.addOption(
    new Option('--box <box>', 'another of your boxes, QUALITY:TYPE:NUMBER').argParser((text) =>
      parseBox(text, '--box'),
    ),
  )

export const boxOf = ({ box }: BoxOption): { box?: Box } => (box === undefined ? {} : { box })

/** `NURSE:INSS:…`, as the platform names it. */
export const named = ({ quality, type, id }: Party): string => plain(`${quality}:${type}:${id}`)

/** A whole number above 0. */
export function parseCount(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError(t`expected a number above 0`)
  return Number(text)
}
