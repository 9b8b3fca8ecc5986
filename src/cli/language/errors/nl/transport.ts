/** Errors of transport, faults, services and XML, in Dutch. */
import type { TextsOf } from '../types.js'

export const transport = {
  'transport.connect': {
    meaning: 'Geen verbinding met het adres van de dienst.',
    hint: 'Controleer netwerk, proxy en firewall (poort 443).',
  },
  'transport.connect-timeout': {
    meaning: 'Het adres van de dienst kon niet op tijd worden bereikt; er werd niets verstuurd.',
    hint: 'Controleer netwerk, proxy en firewall (poort 443, noodservers 9443).',
  },
  'transport.tls': {
    meaning: 'De TLS-verbinding kon niet worden vertrouwd of tot stand gebracht.',
    hint: 'Controleer de vertrouwensankers van de omgeving.',
  },
  'transport.timeout': {
    meaning: 'De oproep was niet binnen zijn tijd klaar.',
    hint: 'Of de vraag is uitgevoerd, is onbekend: controleer voor u een schrijfbewerking herhaalt.',
  },
  'transport.idle-timeout': {
    meaning: 'De dienst viel stil voor het antwoord volledig was.',
    hint: 'Of de vraag is uitgevoerd, is onbekend: controleer voor u een schrijfbewerking herhaalt.',
  },
  'transport.reset': {
    meaning: 'De verbinding brak af voor het antwoord volledig was.',
    hint: 'Of de vraag is uitgevoerd, is onbekend: controleer voor u een schrijfbewerking herhaalt.',
  },
  'transport.aborted': {
    meaning: 'De aanroeper heeft de oproep afgebroken.',
    hint: 'Niets, als het afbreken bedoeld was; kijk anders naar het signaal dat werd meegegeven.',
  },
  'transport.attachment': {
    meaning: 'Een bericht verwijst naar een bijlage die het niet bevat.',
    hint: 'Vraag het bericht opnieuw; meld het als het onvolledig blijft.',
  },
  'transport.content': {
    meaning: 'Het antwoord is geen SOAP-bericht.',
    hint: 'Probeer later opnieuw; een gateway of aanmeldpagina antwoordt zo.',
  },
  'transport.encoding': {
    meaning: 'De compressie van het antwoord is beschadigd of onbekend.',
    hint: 'Meld het; een gateway kan het antwoord gewijzigd hebben.',
  },
  'transport.http': {
    meaning: 'De dienst antwoordde met een HTTP-fout zonder SOAP-bericht.',
    hint: 'Probeer later opnieuw; een onderhoudspagina antwoordt zo.',
  },
  'transport.multipart': {
    meaning: 'Een multipart-bericht is beschadigd of dubbelzinnig.',
    hint: 'Meld het met de opname van het verkeer; een gateway kan het bericht gewijzigd hebben.',
  },
  'transport.proxy': {
    meaning: 'De proxy opende de weg naar de dienst niet; er werd niets verstuurd.',
    hint: 'Controleer adres, aanmeldgegevens en regels van de proxy; `details.status` is zijn antwoord.',
  },
  'transport.too-large': {
    meaning: 'Het antwoord is groter dan de grens, zoals ontvangen of uitgepakt.',
    hint: 'Verhoog `maxResponseBytes` als dat de bedoeling is.',
  },
  'fault.not-authenticated': {
    meaning: 'SOA-01001: het platform aanvaardde de beveiligingsheader niet.',
    hint: 'Controleer de klok van deze machine, het certificaat en het token.',
  },
  'fault.not-authorised': {
    meaning: 'SOA-01002: de aanroeper mag deze bewerking niet gebruiken.',
    hint: 'Controleer de attributen van het token en het integratiecontract.',
  },
  'fault.unavailable': {
    meaning: 'SOA-02001: de dienst is niet beschikbaar.',
    hint: 'Probeer later opnieuw of neem contact op met het contactcenter, met het ticket.',
  },
  'fault.temporarily-unavailable': {
    meaning: 'SOA-02002: de dienst is tijdelijk niet beschikbaar.',
    hint: 'Probeer na een pauze opnieuw.',
  },
  'fault.malformed': {
    meaning: 'SOA-03001 tot 03005: het platform kon de vraag niet lezen.',
    hint: 'Meld het met de opname van het verkeer.',
  },
  'fault.schema': {
    meaning: 'SOA-03006: de vraag voldoet niet aan het schema.',
    hint: 'Meld het met de opname van het verkeer.',
  },
  'fault.content': {
    meaning: 'SOA-03007: de inhoud van de vraag werd geweigerd.',
    hint: 'Verbeter de inhoud.',
  },
  'fault.business': {
    meaning: 'De dienst heeft de vraag om een inhoudelijke reden geweigerd.',
    hint: 'Zie de code van het platform.',
  },
  'fault.other': {
    meaning: 'Het platform antwoordde met een fout.',
    hint: 'Zie de code en de tekst van het platform; vermeld het ticket aan het contactcenter.',
  },
  'contract.invalid': {
    meaning: 'Een bericht voldoet niet aan zijn contract en werd niet verstuurd.',
    hint: 'Verbeter de waarde op de aangegeven plaats.',
  },
  'contract.unreadable': {
    meaning: 'Een antwoord van het platform mist iets wat zijn contract belooft.',
    hint: 'Bewaar het ruwe antwoord (meta.raw) en meld het.',
  },
  'service.wsdl': {
    meaning: 'Een WSDL of een van zijn schema’s kan niet worden geladen of gebruikt.',
    hint: 'Lees de boodschap; houd de WSDL en zijn schema’s in één mappenstructuur.',
  },
  'service.operation': {
    meaning: 'De WSDL heeft die bewerking of poort niet.',
    hint: 'De bewerkingen en poorten die hij heeft, staan in `details`.',
  },
  'service.not-offered': {
    meaning: 'Het platform biedt de dienst niet aan voor het beroep van de aanroeper.',
    hint: 'Zie docs/professions.md voor wie hem mag gebruiken; `customProfession` is voor wat die tabel niet kent.',
  },
  'service.no-connector': {
    meaning: 'Het platform heeft de dienst, maar deze bibliotheek heeft er geen connector voor.',
    hint: 'Roep hem aan met zijn WSDL: `technical.service(wsdl)` van de verbinding, zie docs/any-service.md.',
  },
  'service.no-contract': {
    meaning:
      'Het platform heeft de dienst, maar zijn contract is niet openbaar; deze bibliotheek heeft er dus geen berichten voor.',
    hint: 'Vraag de WSDL en de schema’s aan de integratieondersteuning van het platform en geef ze op: zie docs/rn-consult.md.',
  },
  'service.contract': {
    meaning: 'Een eigen contract kan zo niet worden gebruikt.',
    hint: 'Zie de aangegeven plaats; docs/any-service.md toont waaruit een contract bestaat.',
  },
  'service-list.malformed': {
    meaning: 'Het document is geen bruikbare dienstenlijst.',
    hint: 'De lijst in gebruik blijft in gebruik; meld het als het aanhoudt.',
  },
  'service-list.signer': {
    meaning: 'De dienstenlijst is niet door haar eigenaar ondertekend.',
    hint: 'Gebruik de lijst niet; controleer het vastgelegde nummer als het platform van ondertekenaar is veranderd.',
  },
  'service-list.environment': {
    meaning: 'De dienstenlijst is die van een andere omgeving.',
    hint: 'Controleer het adres waar de lijst wordt opgehaald.',
  },
  'service-list.rollback': {
    meaning: 'De dienstenlijst is ouder dan die in gebruik.',
    hint: 'De lijst in gebruik blijft in gebruik; iemand onderweg geeft misschien een oude lijst.',
  },
  'service-list.digest': {
    meaning: 'De dienstenlijst past niet bij haar hashbestand.',
    hint: 'Probeer opnieuw: de lijst kan tussen de twee downloads vervangen zijn.',
  },
  'recording.failed': {
    meaning: 'Een uitwisseling kon niet in de opname worden geschreven; de oproep zelf ging door.',
    hint: 'Kijk de schijfruimte en de rechten van de map na; de opname heeft een gat.',
  },
  'recording.malformed': {
    meaning: 'De map is geen opname, of een bestand ervan is beschadigd.',
    hint: 'Geef de map die `record` heeft geschreven, in haar geheel.',
  },
  'recording.no-match': {
    meaning: 'De opname bevat geen antwoord op deze vraag, of geen meer.',
    hint: 'Neem het programma opnieuw op zoals het nu is; docs/observability.md zegt wat niet kan worden herhaald.',
  },
  'xml.doctype': {
    meaning: 'Het document heeft een documenttypedeclaratie, wat nooit wordt aanvaard.',
    hint: 'Vertrouw het bericht niet.',
  },
  'xml.envelope': {
    meaning: 'Het document is geen SOAP 1.1-envelop met één element in de body.',
    hint: 'Vertrouw het bericht niet.',
  },
  'xml.limit': {
    meaning: 'Het document is dieper of groter dan de grenzen.',
    hint: 'Vertrouw het bericht niet.',
  },
  'xml.malformed': {
    meaning: 'De bytes zijn geen welgevormde XML.',
    hint: 'Vraag de afzender; een gateway kan het bericht gewijzigd hebben.',
  },
} satisfies TextsOf<'transport' | 'fault' | 'contract' | 'service' | 'service-list' | 'recording' | 'xml'>
