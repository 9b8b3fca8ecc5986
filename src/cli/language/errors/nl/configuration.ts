/** Errors of configuration, sessions and tokens, in Dutch. */
import type { TextsOf } from '../types.js'

export const configuration = {
  'configuration.invalid': {
    meaning: 'Een optie ontbreekt, is onbekend of heeft een onmogelijke waarde.',
    hint: 'Verbeter de optie die `path` noemt.',
  },
  'configuration.no-endpoint': {
    meaning: 'De dienst heeft geen bekend adres in deze omgeving.',
    hint: 'Geef het adres op: de optie `endpoints` met de naam van de dienst.',
  },
  'configuration.malformed': {
    meaning:
      'Een configuratiebestand kan niet worden gelezen: de syntaxis klopt niet, het verwijst naar zichzelf of het is te groot.',
    hint: 'Verbeter de regel die de boodschap noemt.',
  },
  'configuration.closed': {
    meaning: 'De sessie is gesloten.',
    hint: 'Open een nieuwe sessie met connect().',
  },
  'configuration.unsupported': {
    meaning: 'De gevraagde combinatie wordt niet ondersteund.',
    hint: 'Lees de boodschap en de gids van de functie.',
  },
  'session.pool-full': {
    meaning: 'Alle sessies van de pool zijn in gebruik en geen enkele werd op tijd teruggegeven.',
    hint: 'Geef sessies zo snel mogelijk terug, of sta er meer toe: maxSessions.',
  },
  'token.attribute': {
    meaning: 'Een gevraagd attribuut werd niet toegekend: afwezig, leeg, `false`, of een ander nummer.',
    hint: 'Controleer de identiteit, de hoedanigheid en de registratie van de houder.',
  },
  'token.confirmation': {
    meaning: 'De assertie is gebonden aan een andere sleutel dan die van de sessie.',
    hint: 'Gebruik het token niet; meld het.',
  },
  'token.correlation': {
    meaning: 'Het antwoord van de STS hoort bij een andere vraag.',
    hint: 'Gebruik het token niet; zoek een proxy of cache op de weg naar de STS.',
  },
  'token.count': {
    meaning:
      'Het antwoord van de STS bevat niet precies één assertie, op de plaats die het protocol voorziet.',
    hint: 'Gebruik het token niet; meld het met de opname van het verkeer.',
  },
  'token.ended': {
    meaning: 'Het token van de sessie is verlopen, en de sessie mag geen ander vragen.',
    hint: 'Laat de gebruiker zich opnieuw identificeren en open een nieuwe sessie.',
  },
  'token.expired': {
    meaning: 'De assertie is verlopen.',
    hint: 'Vraag een nieuw token; controleer de klok van deze machine.',
  },
  'token.failed': {
    meaning: 'De STS kon om een eigen reden geen token uitreiken (status Responder).',
    hint: 'Probeer opnieuw na een pauze; vermeld de boodschap van het platform aan het contactcenter.',
  },
  'token.identification': {
    meaning: 'Een opgegeven attribuut kwam niet terug met zijn waarde.',
    hint: 'De verstuurde waarde past niet bij het certificaat: vergelijk de twee.',
  },
  'token.issuer': {
    meaning: 'De assertie noemt een andere uitgever dan de STS.',
    hint: 'Gebruik het token niet; meld het.',
  },
  'token.malformed': {
    meaning: 'Het antwoord van de STS bevat geen bruikbare assertie.',
    hint: 'Meld het met de opname van het verkeer.',
  },
  'token.method': {
    meaning: 'De assertie wordt op een andere manier bevestigd dan gevraagd (holder-of-key, sender-vouches).',
    hint: 'Gebruik het token niet; meld het.',
  },
  'token.not-yet-valid': {
    meaning: 'De assertie begint later dan nu.',
    hint: 'Controleer de klok van deze machine: ze loopt achter.',
  },
  'token.refused': {
    meaning: 'De STS heeft geen token uitgereikt.',
    hint: 'Lees de code en de boodschap van het platform.',
  },
  'token.store': {
    meaning: 'De opslag van tokens faalde of antwoordde niet op tijd.',
    hint: 'Kijk de opslag na: de sessie gaat zonder verder.',
  },
  'token.stored': {
    meaning:
      'Een bewaard token gaat niet open: het is gewijzigd of afgebroken, het is van iemand anders, of de sleutel is een andere.',
    hint: 'Gebruik het niet; laat de sessie een nieuw token vragen.',
  },
  'token.unsigned': {
    meaning: 'De assertie draagt geen eigen handtekening.',
    hint: 'Gebruik het token niet; meld het.',
  },
  'token.untrusted': {
    meaning: 'De assertie is niet ondertekend door de STS van de omgeving.',
    hint: 'Controleer de vertrouwensinstellingen; gebruik het token niet.',
  },
  'sso.malformed': {
    meaning:
      'Het antwoord van de dienst voor eenmalige aanmelding bevat niet precies één token van het gevraagde profiel.',
    hint: 'Meld het met de opname van het verkeer.',
  },
  'sso.address': {
    meaning: 'De dienst voor eenmalige aanmelding stuurt de browser elders dan naar de identiteitsprovider.',
    hint: 'Open het adres niet; controleer de omgeving en meld het.',
  },
} satisfies TextsOf<'configuration' | 'session' | 'token' | 'sso'>
