/** Command lines that fill an empty section, for the simulator that is watched. */
import type { ConsoleState } from '../contract.js'

/** A patient that every simulator has. */
const patient = '{"ssin":"68052199235","eidCard":"599000010135","firstName":"Lou","familyName":"Voorbeeld"}'

/** A word for the shell. */
const word = (text: string): string =>
  /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`

const as = ({ dir }: ConsoleState): string => `--simulator ${word(dir)} --persona physician`

export const askForToken = (state: ConsoleState): string => `ehealth token ${as(state)}`

export function sendLetter(state: ConsoleState): string {
  const nurse = state.personas.find(({ name }) => name === 'nurse')
  const to = `NURSE:SSIN:${nurse?.ssin ?? '…'}`
  return `echo 'Dear colleague, …' | ehealth ehbox send --to ${to} --title Letter --body - --encrypt ${as(state)}`
}

export const declareConsent = (state: ConsoleState): string =>
  `ehealth consent declare --patient ${word(patient)} ${as(state)}`

export const declareLink = (state: ConsoleState): string =>
  `ehealth therlink declare --patient ${word(patient)} ${as(state)}`
