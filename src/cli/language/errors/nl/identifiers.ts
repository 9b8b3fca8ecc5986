/** Errors of identifiers, in Dutch. */
import type { TextsOf } from '../types.js'

export const identifiers = {
  'identifier.length': {
    meaning: 'De identificator heeft het verkeerde aantal cijfers.',
    hint: 'Geef elk cijfer, ook een nul vooraan; spaties, punten en streepjes tellen niet.',
  },
  'identifier.not-digits': {
    meaning: 'De identificator bevat iets anders dan cijfers.',
    hint: 'Controleer het nummer.',
  },
  'identifier.check-digit': {
    meaning: 'De controlecijfers van de identificator kloppen niet.',
    hint: 'Controleer het nummer op een tikfout.',
  },
  'identifier.month': {
    meaning: 'De maand in de identificator bestaat niet.',
    hint: 'Controleer het nummer.',
  },
  'identifier.day': {
    meaning: 'De dag in de identificator bestaat niet.',
    hint: 'Controleer het nummer.',
  },
  'identifier.sequence': {
    meaning: 'Het volgnummer in de identificator wordt nooit toegekend.',
    hint: 'Controleer het nummer.',
  },
  'identifier.future': {
    meaning: 'De identificator noemt een geboortedatum in de toekomst.',
    hint: 'Controleer het nummer.',
  },
  'identifier.format': {
    meaning: 'De waarde heeft niet de vorm van haar soort.',
    hint: 'Controleer de waarde.',
  },
  'identifier.year': {
    meaning: 'Het jaar ligt buiten het bereik van zijn soort.',
    hint: 'Controleer de waarde.',
  },
  'identifier.day-without-month': {
    meaning: 'Een onvolledige datum heeft een dag maar geen maand.',
    hint: 'Geef de maand, of 00 voor de dag ook.',
  },
  'identifier.profession': {
    meaning: 'Het eerste cijfer van het RIZIV-nummer hoort bij geen beroep.',
    hint: 'Controleer of het nummer links met nullen werd aangevuld.',
  },
  'identifier.first-digit': {
    meaning: 'Geen enkel nummer van deze soort begint met dat cijfer.',
    hint: 'Controleer het nummer.',
  },
  'identifier.not-a-municipality': {
    meaning: 'De NIS-code noemt een provincie, een arrondissement of een gewest.',
    hint: 'Geef de code van de gemeente.',
  },
  'identifier.range': {
    meaning: 'De code ligt buiten het bereik van haar lijst.',
    hint: 'Controleer de code.',
  },
  'identifier.case': {
    meaning: 'De code moet in hoofdletters staan.',
    hint: 'Schrijf de code in hoofdletters.',
  },
  'identifier.type': {
    meaning: 'Het platform kent geen identificatortype met deze naam.',
    hint: 'Gebruik een naam van de lijst van identificatortypes, bijvoorbeeld SSIN of NIHII-HOSPITAL.',
  },
} satisfies TextsOf<'identifier'>
