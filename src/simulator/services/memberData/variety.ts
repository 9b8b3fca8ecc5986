/**
 * How single insurers write: a reader that takes one of them takes not all (spec memberdata-mycarenet §1.7, §7). Which of
 * them writes how is invented, but for the instants.
 */
import {
  memberDataFaults,
  platformIssuer,
  QualifiedStatusDetail,
  StatusDetail,
  type MemberDataFaultCode,
} from '../../../business/memberData/contract.js'
import { faultTypeName } from '../../../business/mycarenet/contract.js'
import { belgianDateTime } from '../../../technical/environment/belgianCalendar.js'
import { write } from '../../../technical/xml/index.js'

/** The instant of an answer: 300 and 400 tell that of UTC, others that of Belgium, with a zone or without one. */
export function instantBy(io: string | undefined, now: Date): string {
  if (io === '300' || io === '400') return now.toISOString().slice(0, 19)
  const local = belgianDateTime(now)
  return io === '900' ? local : local.slice(0, 19)
}

/** The issuer of an answer, with or without its format. */
export function issuerBy(io: string | undefined): { value: string; Format?: string } {
  if (io === undefined) return { value: platformIssuer }
  const value = `urn:be:cin:io:${io}`
  return io === '100' || io === '500'
    ? { value, Format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:entity' }
    : { value }
}

/** Where a fault is, in one of the forms that occur; absent where the insurer does not tell. */
function locationBy(io: string | undefined, location: string): string | undefined {
  const steps = location === '.' ? [] : location.split('/')
  const path = ['AttributeQuery', ...steps]
    .map((step) => (step.startsWith('@') ? step : `*:${step}`))
    .join('/')
  if (location === '/') return '/'
  if (io === undefined) return path.replace('[', '[@id="').replace(']', '"]')
  return io === '400' ? undefined : io === '500' ? `/${path}/text()` : path
}

/** Texts are there in one language, in another, or not at all. */
const languages = ['fr', 'nl', 'en', undefined] as const

const textIn = (language: 'fr' | 'nl' | 'en', code: MemberDataFaultCode): string =>
  ({
    fr: `Demande refusée ou incomplète : ${code}`,
    nl: `Vraag geweigerd of onvolledig: ${code}`,
    en: memberDataFaults[code].meaning,
  })[language]

/** The detail of a status with these codes. */
export function statusDetailBy(
  io: string | undefined,
  codes: readonly MemberDataFaultCode[],
  nth: number,
): string {
  const { faultCode, source } = memberDataFaults[codes[0]!]
  const language = languages[nth % languages.length]
  const Fault = {
    type: faultTypeName,
    FaultCode: faultCode,
    FaultSource: source === 'io' ? `IO-BE-${io ?? '300'}` : 'MYCARENET',
    Message: { value: '', ...(language === undefined ? {} : { lang: language }) },
    Details: {
      Detail: codes.map((code) => {
        const { location, source: from } = memberDataFaults[code]
        const place = location === undefined ? undefined : locationBy(io, location)
        return {
          DetailCode: code,
          DetailSource: from === 'io' ? 'FBIO' : 'MYCARENET',
          ...(place === undefined ? {} : { Location: place }),
          ...(language === undefined ? {} : { Message: { lang: language, value: textIn(language, code) } }),
        }
      }),
    },
  }
  const qualified = io === '200' || io === '400' || io === '900' || (io === undefined && nth % 2 === 1)
  return write(qualified ? QualifiedStatusDetail : StatusDetail, { Fault }).xml
}
