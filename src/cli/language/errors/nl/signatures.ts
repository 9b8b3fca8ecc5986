/** Errors of signatures and revocation, in Dutch. */
import type { TextsOf } from '../types.js'

export const signatures = {
  'signature.missing': {
    meaning: 'Het bericht draagt geen handtekening waar er een vereist is.',
    hint: 'Vertrouw het bericht niet.',
  },
  'signature.invalid': {
    meaning: 'Een handtekening doorstaat de controle niet.',
    hint: 'Vertrouw het bericht niet.',
  },
  'signature.digest': {
    meaning: 'Ondertekende inhoud werd na de ondertekening gewijzigd.',
    hint: 'Vertrouw het bericht niet.',
  },
  'signature.algorithm': {
    meaning: 'Een handtekening gebruikt een algoritme dat niet wordt aanvaard.',
    hint: 'Vertrouw het bericht niet.',
  },
  'signature.coverage': {
    meaning: 'De handtekening dekt een deel niet dat ondertekend moet zijn.',
    hint: 'Vertrouw het bericht niet.',
  },
  'signature.structure': {
    meaning: 'De beveiligingsheader heeft een verboden of dubbelzinnige vorm.',
    hint: 'Vertrouw het bericht niet.',
  },
  'signature.key': {
    meaning: 'De handtekening werd met een andere sleutel gezet dan de vereiste.',
    hint: 'Vertrouw het bericht niet.',
  },
  'signature.timestamp': {
    meaning: 'Het tijdstip van het bericht is voorbij, ligt in de toekomst of ontbreekt.',
    hint: 'Controleer de klokken aan beide kanten.',
  },
  'xml-signature.algorithm': {
    meaning: 'De handtekening gebruikt een algoritme of een transformatie die niet wordt aanvaard.',
    hint: 'Vertrouw het document niet; SHA-1 van een oud archief kan uitdrukkelijk worden toegelaten.',
  },
  'xml-signature.coverage': {
    meaning: 'De handtekening dekt niet wat ze moet dekken.',
    hint: 'Lees alleen wat volgens het verslag gedekt is.',
  },
  'xml-signature.digest': {
    meaning: 'Ondertekende inhoud werd na de ondertekening gewijzigd.',
    hint: 'Vertrouw het document niet.',
  },
  'xml-signature.expired': {
    meaning: 'Een certificaat was niet meer geldig op het tijdstip dat telt.',
    hint: 'Vraag de ondertekenaar; alleen een tijdstempel bewijst dat een handtekening ouder is.',
  },
  'xml-signature.invalid': {
    meaning: 'De waarde van de handtekening klopt met geen enkel beschikbaar certificaat.',
    hint: 'Vertrouw het document niet.',
  },
  'xml-signature.key-usage': {
    meaning: 'Het certificaat van de ondertekenaar is niet bedoeld voor handtekeningen.',
    hint: 'Vertrouw het document niet.',
  },
  'xml-signature.missing': {
    meaning: 'Het document heeft geen XML-handtekening.',
    hint: 'Vertrouw het document niet.',
  },
  'xml-signature.not-yet-valid': {
    meaning: 'Een certificaat was nog niet geldig op het tijdstip dat telt.',
    hint: 'Controleer de klokken aan beide kanten.',
  },
  'xml-signature.options': {
    meaning:
      'Wat ondertekend of gecontroleerd moet worden, of hoe, werd niet op een uitvoerbare manier gezegd.',
    hint: 'Verbeter de optie op de aangegeven plaats.',
  },
  'xml-signature.properties': {
    meaning:
      'De ondertekende eigenschappen ontbreken, zijn niet ondertekend of gaan over een ander certificaat.',
    hint: 'Vertrouw het document niet.',
  },
  'xml-signature.reference': {
    meaning:
      'Een verwijzing van de handtekening leidt naar geen element van de gegeven documenten, naar meer dan één, of erbuiten.',
    hint: 'Vertrouw het document niet; er wordt nooit iets opgehaald.',
  },
  'xml-signature.revocation-unknown': {
    meaning: 'Niemand zei of het certificaat van de ondertekenaar is ingetrokken.',
    hint: 'Geef een controle op intrekking mee, of probeer opnieuw wanneer de bron ervan antwoordt.',
  },
  'xml-signature.revoked': {
    meaning: 'Het certificaat van de ondertekenaar was ingetrokken.',
    hint: 'Vertrouw het document niet.',
  },
  'xml-signature.signer': {
    meaning: 'De handtekening komt zonder bruikbaar certificaat van haar ondertekenaar.',
    hint: 'Geef het certificaat van de ondertekenaar, als u het van elders kent.',
  },
  'xml-signature.signing-time': {
    meaning: 'De ondertekende eigenschappen hebben geen leesbaar tijdstip van ondertekening.',
    hint: 'Vertrouw het document niet.',
  },
  'xml-signature.structure': {
    meaning: 'De handtekening heeft een verboden of dubbelzinnige vorm.',
    hint: 'Vertrouw het document niet.',
  },
  'xml-signature.timestamp-invalid': {
    meaning:
      'Een tijdstempel gaat over iets anders, werd gewijzigd, of zijn autoriteit wordt niet vertrouwd.',
    hint: 'Controleer de vertrouwde tijdstempelautoriteiten; vertrouw het document anders niet.',
  },
  'xml-signature.timestamp-missing': {
    meaning: 'Een tijdstempel is vereist, en de handtekening heeft er geen.',
    hint: 'Vraag de ondertekenaar een handtekening met tijdstempel (XAdES-T).',
  },
  'xml-signature.timestamp-order': {
    meaning: 'Een tijdstempel en het opgegeven tijdstip van ondertekening passen niet bij elkaar.',
    hint: 'Controleer de klok van de ondertekenaar.',
  },
  'xml-signature.timestamp-unreadable': {
    meaning: 'Een tijdstempel van de handtekening is geen tijdstempeltoken.',
    hint: 'Vertrouw het document niet.',
  },
  'xml-signature.transform': {
    meaning:
      'De transformaties van een verwijzing kunnen niet worden toegepast op wat ze noemt, of maken er te veel van.',
    hint: 'Vertrouw het document niet.',
  },
  'xml-signature.untrusted': {
    meaning: 'Het certificaat van de ondertekenaar leidt naar geen vertrouwde autoriteit.',
    hint: 'Controleer de truststore; vertrouw het document anders niet.',
  },
  'revocation.no-source': {
    meaning: 'Het certificaat noemt geen OCSP-responder en geen intrekkingslijst.',
    hint: 'Geef de lijst van zijn uitgever (`crls`), of aanvaard een onbekende status met het beleid `prefer`.',
  },
  'revocation.unavailable': {
    meaning: 'De OCSP-responder of de intrekkingslijst is niet bereikbaar.',
    hint: 'Controleer netwerk, proxy en firewall (poort 80).',
  },
  'revocation.too-large': {
    meaning: 'Het antwoord of de intrekkingslijst is groter dan de grens.',
    hint: 'Meld het aan de autoriteit.',
  },
  'revocation.refused': {
    meaning: 'De OCSP-responder gaf geen antwoord maar een foutstatus.',
    hint: 'Probeer later opnieuw; zie `details.responseStatus`.',
  },
  'revocation.malformed': {
    meaning: 'De bytes zijn geen intrekkingslijst en geen OCSP-antwoord.',
    hint: 'Haal het opnieuw op; meld het aan de autoriteit als het beschadigd blijft.',
  },
  'revocation.unsupported': {
    meaning:
      'Een intrekkingslijst van een soort die hier niet wordt gebruikt: delta, indirect, gedeeltelijk, of met onbekende kritieke extensies.',
    hint: 'Gebruik de volledige lijst van de uitgever, of OCSP.',
  },
  'revocation.issuer': {
    meaning:
      'Het antwoord of de lijst komt van iemand die van de uitgever van het certificaat geen mandaat kreeg.',
    hint: 'Vertrouw er niet op; meld het.',
  },
  'revocation.signature': {
    meaning: 'De handtekening van het antwoord of de lijst doorstaat de controle niet.',
    hint: 'Vertrouw er niet op; meld het.',
  },
  'revocation.not-yet-valid': {
    meaning: 'Het antwoord of de lijst is van de toekomst.',
    hint: 'Controleer de klok van deze machine.',
  },
  'revocation.expired': {
    meaning: 'Het antwoord of de lijst is niet die van nu.',
    hint: 'Haal het opnieuw op; controleer de klok van deze machine.',
  },
  'revocation.nonce': {
    meaning: 'Het OCSP-antwoord hoort bij een andere vraag.',
    hint: 'Vertrouw er niet op: het kan herhaald zijn.',
  },
  'revocation.scope': {
    meaning: 'Het antwoord of de lijst gaat niet over dit certificaat.',
    hint: 'Gebruik de lijst die het certificaat noemt.',
  },
  'revocation.unknown': {
    meaning: 'De OCSP-responder kent het certificaat niet.',
    hint: 'Vertrouw het certificaat niet; vraag zijn autoriteit.',
  },
  'revocation.certificate-ended': {
    meaning:
      'Het certificaat was verlopen toen het antwoord werd gemaakt: autoriteiten vergeten zulke certificaten.',
    hint: 'Bewaar het bewijs van het tijdstip van ondertekening bij wat ondertekend is.',
  },
} satisfies TextsOf<'signature' | 'xml-signature' | 'revocation'>
