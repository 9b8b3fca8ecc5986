/** Errors of patients: address book, consent, links, access, registers, in Dutch. */
import type { TextsOf } from '../types.js'

export const patient = {
  'access.reason': {
    meaning: 'Toegang in noodgeval vereist een reden en een plaats waar ze wordt vastgelegd.',
    hint: 'Geef 10 tot 200 tekens als `reason`, en een functie `record` die bewaart wat haar wordt gemeld.',
  },
  'access.provider': {
    meaning: 'Het is niet duidelijk voor wie de vraag wordt gesteld.',
    hint: 'Geef `provider`: de sessie is niet die van een zorgverlener.',
  },
  'address-book.criteria': {
    meaning: 'Het adresboek kan niet met deze criteria samen worden doorzocht.',
    hint: 'Geef een van de combinaties in `details.combinations`.',
  },
  'address-book.paging': {
    meaning: 'Het adresboek gaf als volgende bladzijde de vorige.',
    hint: 'Beperk de zoekopdracht, of vraag bladzijden apart; meld het als het aanhoudt.',
  },
  'consent.card-required': {
    meaning:
      'Een zorgverlener registreert of herroept een geïnformeerde toestemming alleen met de kaart van de patiënt.',
    hint: 'Lees de eID van de patiënt (of de ISI+-kaart) en geef het nummer als `eidCard` of `isiCard`.',
  },
  'therlink.names-required': {
    meaning: 'Het platform aanvaardt geen therapeutische relatie zonder de namen van de patiënt.',
    hint: 'Geef voornaam en familienaam zoals de kaart ze toont.',
  },
  'therlink.type': {
    meaning: 'Een therapeutische relatie van dit type kan hier niet worden aangegeven of beëindigd.',
    hint: 'De relatie van het globaal medisch dossier wordt door de ziekenfondsen bijgehouden; geef een ander type.',
  },
  'therlink.period': {
    meaning: 'De periode van een therapeutische relatie of van een zoekopdracht is onmogelijk.',
    hint: 'Het einde ligt na het begin; een zoekopdracht heeft beide grenzen of geen, en alleen voor actieve relaties.',
  },
  'therlink.comment': {
    meaning: 'De opmerking bij een therapeutische relatie is te lang.',
    hint: 'Geef hoogstens 256 tekens.',
  },
  'therlink.criteria': {
    meaning: 'Een zoekopdracht naar therapeutische relaties is er geen die het platform beantwoordt.',
    hint: 'Noem de patiënt, vraag 1 tot 1000 rijen, en geef geen periode voor het type gmd.',
  },
  'therlink.proof': {
    meaning: 'Een bewijs is niet wat zijn type vereist.',
    hint: 'Een kaart lezen vraagt geen handtekening; ondertekenen vraagt de sleutel van de patiënt of wat ermee ondertekend is.',
  },
  'therlink.bulk': {
    meaning: 'Er is geen therapeutische relatie om aan te geven.',
    hint: 'Geef ten minste één relatie.',
  },
  'kmehr.patient': {
    meaning: 'Een patiënt is niet genoemd zoals de diensten het nodig hebben.',
    hint: 'Geef het INSZ, hoogstens één kaart, en voornaam en familienaam samen.',
  },
  'kmehr.party': {
    meaning:
      'Een zorgverlener, een organisatie of software is niet genoemd zoals de diensten het nodig hebben.',
    hint: 'Geef een rol van CD-HCPARTY en een nummer; van software de identificator en de naam.',
  },
  'kmehr.author': {
    meaning: 'De auteur van een vraag valt niet uit de sessie af te leiden.',
    hint: 'Geef `author` met de partijen die handelen; een apotheek noemt zichzelf en haar titularis.',
  },
  'kmehr.date': {
    meaning: 'Een datum is er geen, of ligt waar ze niet mag liggen.',
    hint: 'Geef `yyyy-mm-dd` of een Date; de dag telt zoals hij in België is.',
  },
  'id-support.combination': {
    meaning:
      'Een kaart wordt gecontroleerd met het INSZ van haar houder en haar nummer, of alleen met wat haar barcode zegt.',
    hint: 'Geef `ssin` en `cardNumber`, of `barcode` en niets anders.',
  },
  'rn-consult.application-id': {
    meaning: 'De registers worden met een Application ID bevraagd, en er is er geen dat bruikbaar is.',
    hint: 'Geef het nummer dat voor deze omgeving werd uitgereikt: `nationalRegister: { applicationId }` van connect(), of EHEALTH_APPLICATION_ID.',
  },
  'rn-consult.criteria': {
    meaning: 'Met deze criteria kan niemand worden gezocht.',
    hint: 'Geef een familienaam en een geboortedatum; laat weg waarop niet wordt gezocht.',
  },
  'person-registration.declaration': {
    meaning:
      'Wat over een persoon is aangegeven, volstaat niet voor een nummer of kan niet worden verstuurd.',
    hint: 'Geef naam, volledige geboortedatum, geboorteplaats en geslacht; of naam, geboortedatum en een adres in het buitenland of in België.',
  },
  'person-registration.not-searched': {
    meaning:
      'Een persoon wordt pas geregistreerd na een zoekopdracht, met een beslissing over het resultaat ervan.',
    hint: 'Geef wat `searchBeforeRegistering` heeft teruggegeven, met de beslissing die erbij past.',
  },
  'person-registration.used': {
    meaning: 'Met het resultaat van deze zoekopdracht is al een registratie geprobeerd.',
    hint: 'Zoek opnieuw: de persoon kan bij de eerste poging geregistreerd zijn.',
  },
  'person-registration.outcome-unknown': {
    meaning: 'Het antwoord ging verloren: de persoon is misschien geregistreerd, misschien niet.',
    hint: 'Herhaal het niet. Zoek na enkele minuten opnieuw; registreer alleen als niemand wordt gevonden.',
  },
  'registration.bank-account': {
    meaning: 'De bankrekening van een registratie is er geen.',
    hint: 'Geef de IBAN zoals hij op het rekeninguittreksel staat; spaties tellen niet.',
  },
} satisfies TextsOf<
  | 'access'
  | 'address-book'
  | 'consent'
  | 'therlink'
  | 'kmehr'
  | 'id-support'
  | 'rn-consult'
  | 'person-registration'
  | 'registration'
>
