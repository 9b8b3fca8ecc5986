/** Errors of time stamps and the archive of prescriptions, in Dutch. */
import type { TextsOf } from '../types.js'

export const timestamps = {
  'timestamp.altered': {
    meaning: 'Wat de tijdstempel zegt, werd na de ondertekening gewijzigd.',
    hint: 'Gebruik hem niet als bewijs.',
  },
  'timestamp.answer': {
    meaning: 'De autoriteit meldt succes maar geeft geen tijdstempel van RFC 3161.',
    hint: 'Verstuur dezelfde vraag opnieuw; blijft het zo, verwittig dan het contactcenter.',
  },
  'timestamp.bag': {
    meaning: 'Het document is geen bundel tijdstempels.',
    hint: 'Controleer of het het document is dat de tijdstempel kreeg, byte voor byte.',
  },
  'timestamp.consultation': {
    meaning: 'Het archief van het platform antwoordde met een fout.',
    hint: 'Controleer de identificator van het ziekenhuis en zijn certificaat; zie de code van het platform.',
  },
  'timestamp.expired': {
    meaning: 'Een certificaat van de autoriteit was niet geldig op het tijdstip van de tijdstempel.',
    hint: 'Gebruik hem niet als bewijs.',
  },
  'timestamp.future': {
    meaning: 'Het tijdstip van de tijdstempel ligt in de toekomst.',
    hint: 'Controleer de klok van deze machine.',
  },
  'timestamp.input': {
    meaning: 'Wat een tijdstempel moet krijgen of gezocht wordt, is niet aanvaardbaar.',
    hint: 'Verbeter de waarde die `path` noemt.',
  },
  'timestamp.no-trust': {
    meaning: 'Er is geen truststore om tijdstempels mee te controleren.',
    hint: 'Geef de certificaten van de tijdstempelautoriteiten: `trust.timestampAuthority` van de configuratie.',
  },
  'timestamp.nonce': {
    meaning: 'De tijdstempel hoort bij een andere vraag.',
    hint: 'Vraag opnieuw.',
  },
  'timestamp.not-a-timestamp': {
    meaning: 'Het ondertekende bericht is geen tijdstempel van RFC 3161 met precies één ondertekenaar.',
    hint: 'Gebruik het niet als bewijs.',
  },
  'timestamp.not-an-authority': {
    meaning:
      'De ondertekenaar mag geen tijdstempels maken: zijn certificaat mist het kritieke doel timeStamping, of heeft er andere naast.',
    hint: 'Gebruik hem niet als bewijs.',
  },
  'timestamp.other-data': {
    meaning: 'De tijdstempel gaat over andere gegevens.',
    hint: 'Controleer of de gegevens precies de bytes zijn die de tijdstempel kregen.',
  },
  'timestamp.policy': {
    meaning: 'De tijdstempel werd onder een ander beleid gemaakt dan de aanvaarde.',
    hint: 'Vraag de autoriteit wat het beleid belooft, en voeg het toe aan de aanvaarde.',
  },
  'timestamp.refused': {
    meaning: 'De autoriteit heeft de vraag geweigerd.',
    hint: 'Verstuur dezelfde vraag niet opnieuw; zie de codes van het platform.',
  },
  'timestamp.rejected': {
    meaning: 'De autoriteit antwoordde dat ze geen tijdstempel geeft.',
    hint: 'Zie `details.status` en `details.failure` voor de reden, en vraag opnieuw.',
  },
  'timestamp.request-id': {
    meaning: 'Het antwoord van de autoriteit hoort bij een andere vraag.',
    hint: 'Gebruik het antwoord niet; verstuur dezelfde vraag opnieuw.',
  },
  'timestamp.responder': {
    meaning: 'De autoriteit heeft zelf een probleem.',
    hint: 'Verstuur dezelfde vraag later opnieuw.',
  },
  'timestamp.revocation-unknown': {
    meaning: 'Niemand zei of de autoriteit was ingetrokken op het tijdstip van de tijdstempel.',
    hint: 'Controleer later opnieuw, of geef een intrekkingslijst.',
  },
  'timestamp.revoked': {
    meaning: 'Een certificaat van de autoriteit was ingetrokken op het tijdstip van de tijdstempel.',
    hint: 'Gebruik hem niet als bewijs; laat de gegevens opnieuw een tijdstempel geven.',
  },
  'timestamp.signature': {
    meaning: 'De handtekening van de tijdstempel doorstaat de controle niet.',
    hint: 'Gebruik hem niet als bewijs.',
  },
  'timestamp.stale': {
    meaning: 'Het tijdstip van de tijdstempel ligt niet tussen verzenden en ontvangen.',
    hint: 'Controleer de klok van deze machine.',
  },
  'timestamp.unbound': {
    meaning: 'Niemand zei waarover de tijdstempel moet gaan.',
    hint: 'Geef de gegevens, of hun hash.',
  },
  'timestamp.unknown-signer': {
    meaning: 'Het certificaat van de autoriteit zit niet in de tijdstempel en niet in de truststore.',
    hint: 'Bewaar de tijdstempel, voeg het certificaat van de autoriteit toe aan de truststore als het echt is, en controleer opnieuw.',
  },
  'timestamp.unreadable': {
    meaning:
      'De bytes zijn geen tijdstempel en geen antwoord van een tijdstempelautoriteit, in geen van de bekende coderingen.',
    hint: 'Controleer of het hele token bewaard is, byte voor byte.',
  },
  'timestamp.untrusted': {
    meaning: 'Geen enkel certificeringspad leidt van de autoriteit naar de truststore.',
    hint: 'Bewaar de tijdstempel, voeg het certificaat van de autoriteit toe aan de truststore als het echt is, en controleer opnieuw.',
  },
  'timestamp.weak-digest': {
    meaning: 'De tijdstempel berust op een hash die niet wordt aanvaard.',
    hint: 'Aanvaard SHA-1 uitdrukkelijk waar een oud archief niets anders heeft.',
  },
  'timestamp.wrong-signer': {
    meaning: 'De tijdstempel noemt een ander certificaat dan dat waarmee hij ondertekend is, of geen.',
    hint: 'Gebruik hem niet als bewijs.',
  },
  'prescription-archive.driver': {
    meaning:
      'Er is geen SQLite in dit proces: Node.js heeft er geen ingebouwd, en het pakket `libsql` is niet geïnstalleerd.',
    hint: 'Gebruik Node.js 22.13 of nieuwer, of voer npm install libsql uit (binaire bestanden, er wordt niets gecompileerd).',
  },
  'prescription-archive.storage': {
    meaning: 'Het bestand van het archief kon niet worden gelezen of geschreven; er werd niets opgenomen.',
    hint: 'Controleer plaats en rechten van de schijf en bied het voorschrift opnieuw aan: een bekend voorschrift behoudt zijn nummer.',
  },
  'prescription-archive.file': {
    meaning: 'Het bestand is geen archief van voorschriften, of is van een nieuwere versie.',
    hint: 'Noem het bestand waarmee het archief begonnen is; werk deze bibliotheek bij als het bestand nieuwer is.',
  },
  'prescription-archive.busy': {
    meaning:
      'Er wachten meer voorschriften om geschreven te worden dan de wachtrij mag bevatten; dit werd niet opgenomen.',
    hint: 'Bied het na een pauze opnieuw aan.',
  },
  'prescription-archive.too-large': {
    meaning: 'Het voorschrift is groter dan de grens.',
    hint: 'Verhoog `maxBytes` als dat de bedoeling is.',
  },
  'prescription-archive.leased': {
    meaning: 'Een ander proces maakt en verstuurt de bundels van dit archief.',
    hint: 'Laat één proces het doen; het wordt vanzelf overgenomen wanneer dat eindigt.',
  },
  'prescription-archive.closed': {
    meaning: 'Het archief is gesloten.',
    hint: 'Open het opnieuw; wat bevestigd werd, staat erin.',
  },
  'prescription-archive.watch': {
    meaning: 'Een bewaakte map, of een bestand erin, kan niet worden gelezen of verplaatst.',
    hint: 'Controleer of de mappen bestaan en schrijfbaar zijn, en of `done` op hetzelfde bestandssysteem staat.',
  },
} satisfies TextsOf<'timestamp' | 'prescription-archive'>
