/** Errors of the insurers: MemberData, MyCareNet and their mailboxes, in Dutch. */
import type { TextsOf } from '../types.js'

export const insurers = {
  'async.too-soon': {
    meaning: 'De mailbox werd te vroeg opnieuw bevraagd.',
    hint: 'Wacht ten minste 30 seconden, en bevestig wat ontvangen is voor u opnieuw vraagt.',
  },
  'async.acknowledgement': {
    meaning: 'De ontvangstbevestiging van een zending gaat over iets anders, of is onleesbaar.',
    hint: 'Of de zending is aangenomen, is onbekend: zoek de ontvangstbevestiging in de mailbox voor u opnieuw verstuurt.',
  },
  'async.nothing-to-confirm': {
    meaning: 'Een bevestiging noemt geen bericht en geen ontvangstbevestiging.',
    hint: 'Bevestig wat ontvangen is; is er niets ontvangen, dan valt er niets te bevestigen.',
  },
  'async.store': {
    meaning: 'De opslag van een reeks kan niet worden gelezen of geschreven, of bevat iets vreemds.',
    hint: 'Controleer de map, haar rechten en de plaats op de schijf; `cause` bevat de fout van het systeem.',
  },
  'async.store-locked': {
    meaning: 'Een ander proces heeft de opslag in gebruik.',
    hint: 'Laat één proces een opslag gebruiken; stop het andere, of geef dit een eigen map.',
  },
  'async.conflict': {
    meaning: 'Een zending met deze naam en een andere inhoud zit al in de opslag.',
    hint: 'Geef wat verstuurd moet worden een eigen naam, of precies dezelfde inhoud om ermee verder te gaan.',
  },
  'member-data.patient': {
    meaning: 'Er valt niet te zeggen welke patiënt bedoeld is.',
    hint: 'Geef ssin, of registrationNumber en mutuality, of ssin en mutuality.',
  },
  'member-data.period': {
    meaning: 'De periode van de vraag is er geen.',
    hint: 'Geef on, of from en until, de eerste dag die niet meer bedoeld is.',
  },
  'member-data.facet': {
    meaning: 'Een facet wordt gevraagd op een manier die niemand beantwoordt.',
    hint: 'Geef elk facet één keer, met zijn bijzonderheden: zie docs/member-data.md.',
  },
  'member-data.answer': {
    meaning: 'Het antwoord van MemberData is onleesbaar.',
    hint: 'Meld het met de referentie van de vraag.',
  },
  'member-data.other-answer': {
    meaning: 'Het antwoord hoort bij een andere vraag, of gaat over een andere patiënt.',
    hint: 'Gebruik het niet; vraag opnieuw, en meld het als het aanhoudt.',
  },
  'mycarenet.licence': {
    meaning: 'De licentie die het NIC aan de software gaf, ontbreekt of is onbruikbaar.',
    hint: 'Geef ze aan connect(): `mycarenet: { licence: { username, password } }`, of stel mycarenet.username en mycarenet.passwordEnv in.',
  },
  'mycarenet.care-provider': {
    meaning: 'Aan MyCareNet valt niet te zeggen wie de zorgverlener is: nummer of rol ontbreekt.',
    hint: 'Geef de aanroeper zijn RIZIV-nummer, of zeg het: `mycarenet: { careProvider: { nihii, quality } }`.',
  },
  'mycarenet.test-flag': {
    meaning: 'De testvlag past niet bij de omgeving.',
    hint: 'Laat ze weg: ze is onwaar in productie en waar elders; alleen voor een eigen omgeving moet ze worden opgegeven.',
  },
  'mycarenet.reference': {
    meaning: 'De referentie van een vraag is er geen die MyCareNet aanvaardt.',
    hint: 'Laat ze weg, of geef 14 tot 36 letters en cijfers die nooit eerder gebruikt zijn.',
  },
  'mycarenet.day': {
    meaning: 'Een dag staat niet op de kalender.',
    hint: 'Geef yyyy-mm-dd, of een Date, waarvan de dag in België bedoeld is.',
  },
  'mycarenet.care-receiver': {
    meaning: 'Er valt niet te zeggen over wie de vraag gaat.',
    hint: 'Geef een INSZ, of een aansluitingsnummer en zijn ziekenfonds, of alleen het ziekenfonds waar de dienst dat zegt.',
  },
  'mycarenet.blob': {
    meaning: 'Inhoud van MyCareNet is leeg, of op een onbekende manier verpakt.',
    hint: 'Meld het met de referentie van de vraag.',
  },
  'mycarenet.too-large': {
    meaning: 'Verpakte inhoud van MyCareNet wordt groter dan toegelaten.',
    hint: 'Verhoog de grens als u inhoud van die grootte verwacht.',
  },
  'mycarenet.hash': {
    meaning: 'Inhoud van MyCareNet is niet wat zijn hash zegt.',
    hint: 'Gebruik hem niet; vraag opnieuw, en meld het als het aanhoudt.',
  },
  'mycarenet.sealed': {
    meaning: 'Versleutelde inhoud van MyCareNet bevat niet wat hij moet bevatten.',
    hint: 'Meld het met de referentie van de vraag.',
  },
  'mycarenet.signature': {
    meaning: 'De handtekening van een antwoord van MyCareNet past niet bij de inhoud ervan.',
    hint: 'Gebruik het antwoord niet; vraag opnieuw, en meld het als het aanhoudt.',
  },
} satisfies TextsOf<'async' | 'member-data' | 'mycarenet'>
