/** Errors of certificates and keystores, in Dutch. */
import type { TextsOf } from '../types.js'

export const keys = {
  'certificate.malformed': {
    meaning: 'De bytes zijn geen X.509-certificaat.',
    hint: 'Controleer of het bestand een certificaat in DER of PEM is.',
  },
  'certificate.expired': {
    meaning: 'Het certificaat is verlopen.',
    hint: 'Vernieuw het certificaat met de Certificate Manager van het platform; bewaar de oude versleutelingssleutels.',
  },
  'certificate.not-yet-valid': {
    meaning: 'Het certificaat is nog niet geldig.',
    hint: 'Controleer de klok van deze machine en de begindatum van het certificaat.',
  },
  'certificate.untrusted': {
    meaning: 'Geen enkel certificeringspad leidt van het certificaat naar een vertrouwensanker.',
    hint: 'Voeg de uitgevende root toe aan de vertrouwensankers van de omgeving als ze echt is.',
  },
  'certificate.key-usage': {
    meaning: 'Het certificaat mag niet voor dit doel worden gebruikt.',
    hint: 'Gebruik een certificaat met het sleutelgebruik dat de bewerking vereist.',
  },
  'keystore.not-found': {
    meaning: 'Het bestand van de keystore kan niet worden gelezen.',
    hint: 'Controleer het pad, dat vanaf de werkmap van het programma telt, en de toegangsrechten.',
  },
  'keystore.malformed': {
    meaning: 'Het bestand is geen PKCS#12-keystore.',
    hint: 'Geef het `.p12`-bestand dat de Certificate Manager heeft gemaakt, zoals het is: geen PEM en geen certificaat alleen.',
  },
  'keystore.password': {
    meaning: 'Het wachtwoord opent de keystore niet.',
    hint: 'Controleer het wachtwoord: hoofdletters tellen, en een oudere kopie van het bestand behoudt haar oude wachtwoord.',
  },
  'keystore.unsupported': {
    meaning: 'De keystore gebruikt een algoritme dat deze bibliotheek niet kent.',
    hint: 'Zet de keystore om, of meld het.',
  },
  'keystore.no-authentication': {
    meaning: 'De keystore bevat geen authenticatiesleutel met zijn certificaat.',
    hint: 'Geef de keystore met de vermelding `authentication`, of noem de alias.',
  },
  'keystore.identity': {
    meaning: 'Het certificaat noemt geen actor van het platform.',
    hint: 'Gebruik een eHealth-certificaat.',
  },
  'keystore.mismatch': {
    meaning: 'Een privésleutel en een certificaat horen niet bij elkaar.',
    hint: 'Geef het certificaat dat voor deze sleutel werd uitgereikt.',
  },
  'keystore.signature': {
    meaning: 'Wat een ondertekenaar teruggaf, is geen handtekening van het gevraagde algoritme.',
    hint: 'Controleer de vorm van wat de ondertekenaar teruggeeft: ruwe octetten, r‖s of DER naargelang het algoritme.',
  },
  'keystore.signer': {
    meaning: 'De ondertekenaar die het programma meebracht, heeft gefaald.',
    hint: 'Bekijk de oorzaak: dat is de fout van de ondertekenaar zelf.',
  },
  'keystore.signer-timeout': {
    meaning: 'De ondertekenaar die het programma meebracht, antwoordde niet op tijd.',
    hint: 'Controleer de verbinding met de ondertekenaar, of geef hem meer tijd.',
  },
  'keystore.addon': {
    meaning:
      'Het pakket pkcs11js, dat met kaarten en HSM’s praat, is niet geïnstalleerd of niet gecompileerd.',
    hint: 'Voer npm install pkcs11js uit; zie docs/credentials.md.',
  },
  'keystore.library': {
    meaning: 'De PKCS#11-bibliotheek kan niet worden geladen of gestart.',
    hint: 'Controleer het bestand, of het bij de processor past, en of de software van de kaart of HSM geïnstalleerd is.',
  },
  'keystore.no-token': {
    meaning: 'Geen enkele lezer bevat de gevraagde kaart of HSM.',
    hint: 'Steek de kaart in de lezer; `ehealth keystore tokens` toont wat er is.',
  },
  'keystore.ambiguous-token': {
    meaning: 'Verscheidene kaarten of HSM’s passen.',
    hint: 'Geef het label, het serienummer of het slot van één ervan; `ehealth keystore tokens` geeft de lijst.',
  },
  'keystore.removed': {
    meaning: 'De kaart werd tijdens het gebruik verwijderd.',
    hint: 'Steek de kaart terug: de volgende bewerking vindt ze opnieuw.',
  },
  'keystore.pin': {
    meaning: 'De kaart of HSM weigert de pincode.',
    hint: 'Let op de pogingen: na enkele foute wordt de pincode geblokkeerd. `details.pinAttempts` zegt wat de kaart meldt.',
  },
  'keystore.pin-locked': {
    meaning: 'De pincode is geblokkeerd na te veel foute pogingen.',
    hint: 'Deblokkeer ze met de PUK-code, met de software of via de uitgever van de kaart of HSM.',
  },
  'keystore.pin-expired': {
    meaning: 'De pincode is verlopen.',
    hint: 'Wijzig ze met de software van de kaart of HSM.',
  },
  'keystore.pin-required': {
    meaning: 'De kaart of HSM wil een pincode en er is er geen opgegeven.',
    hint: 'Geef `pin`: de pincode, of een functie die ze aan de houder vraagt.',
  },
  'keystore.cancelled': {
    meaning: 'De houder van de kaart gaf geen pincode of weigerde de bewerking.',
    hint: 'Vraag opnieuw wanneer de houder klaar is.',
  },
  'keystore.mechanism': {
    meaning: 'De kaart of HSM kan deze bewerking niet uitvoeren, of niet met deze sleutel.',
    hint: 'Controleer het gebruik van de sleutel (CKA_SIGN, CKA_DECRYPT) en de mechanismen van de kaart of HSM.',
  },
  'keystore.no-key': {
    meaning: 'De kaart of HSM bevat die sleutel niet.',
    hint: 'Controleer label en id; `ehealth keystore tokens` toont wat erop staat.',
  },
  'keystore.device': {
    meaning: 'De kaart, haar lezer of het stuurprogramma heeft gefaald.',
    hint: 'Neem de kaart uit en steek ze terug, herstart de software van de lezer; `details.returnValue` is de code ervan.',
  },
  'keystore.unloaded': {
    meaning: 'De sleutel werd uit de sessie genomen, of de sessie werd gesloten.',
    hint: 'Laad hem opnieuw: session.keys.load().',
  },
} satisfies TextsOf<'certificate' | 'keystore'>
