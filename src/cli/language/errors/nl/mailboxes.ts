/** Errors of the eHealthBox and the eBox of citizens, in Dutch. */
import type { TextsOf } from '../types.js'

export const mailboxes = {
  'ehbox.no-recipient': {
    meaning: 'Een bericht heeft ten minste één bestemmeling nodig.',
    hint: 'Noem een bestemmeling in `to`.',
  },
  'ehbox.recipient': {
    meaning: 'Een bestemmeling of mailbox is niet genoemd zoals de eHealthBox het nodig heeft.',
    hint: 'Geef één nummer (ssin, nihii, cbe of ehp) en de hoedanigheid, of { id, type, subType, quality }.',
  },
  'ehbox.too-large': {
    meaning: 'Het bericht is groter dan de eHealthBox aanvaardt.',
    hint: 'Maak de bijlagen kleiner of verstuur verscheidene berichten.',
  },
  'ehbox.all-encrypted': {
    meaning: 'Een bericht aan ALL kan niet worden versleuteld: alleen de afzender zou het kunnen lezen.',
    hint: 'Verstuur het onversleuteld, of noem de bestemmelingen.',
  },
  'ehbox.clear-patient': {
    meaning: 'Een patiëntnummer mag alleen in een versleuteld bericht reizen.',
    hint: 'Stel `encrypt: true` in.',
  },
  'ehbox.free-information': {
    meaning: 'Vrije tekst en tabel sluiten elkaar uit.',
    hint: 'Geef een van de twee.',
  },
  'ehbox.content': {
    meaning: 'Een bestand of stroom die moest worden verstuurd, kan niet worden gelezen.',
    hint: 'Controleer of het bestand bestaat en gelezen mag worden, en of de stroom octetten geeft.',
  },
  'ehbox.sender-key': {
    meaning:
      'De afzender heeft geen geldige versleutelingssleutel: hij zou zijn eigen kopie van een versleuteld bericht niet kunnen lezen.',
    hint: 'Vernieuw de versleutelingssleutel van de keystore en publiceer het token ervan.',
  },
  'ehbox.no-substitute': {
    meaning: 'Een afwezige bestemmeling heeft geen vervanger en zou het bericht helemaal niet krijgen.',
    hint: 'Verstuur het toch, of noem iemand anders.',
  },
  'ehbox.absence': {
    meaning: 'De afwezigheid breekt een regel van de eHealthBox.',
    hint: 'Een periode duurt en eindigt binnen het jaar en heeft hoogstens vijf vervangers; geef dagen als YYYY-MM-DD.',
  },
  'ehbox.refused': {
    meaning: 'De eHealthBox heeft de vraag geweigerd met een eigen status.',
    hint: 'Lees de tekst van het platform in `platform.messages`; vermeld `platform.code` en `platform.id` aan zijn contactcenter.',
  },
  'ehbox.digest': {
    meaning: 'De ontvangen inhoud is niet de inhoud die de afzender heeft opgegeven.',
    hint: 'Gebruik de inhoud niet; vraag de afzender het opnieuw te versturen.',
  },
  'ehbox.attachment-missing': {
    meaning: 'Het bericht verwijst naar een bijlage die het antwoord niet bevat.',
    hint: 'Lees het bericht opnieuw; meld het als het aanhoudt.',
  },
  'ehbox.unsealed-field': {
    meaning: 'Een bericht dat zich versleuteld noemt, bevat een veld dat het niet is.',
    hint: 'Gebruik de inhoud niet; vraag de afzender het opnieuw te versturen.',
  },
  'ehbox.mixed-authors': {
    meaning: 'De versleutelde delen van één bericht komen niet allemaal van dezelfde partij.',
    hint: 'Gebruik de inhoud niet: een deel kan verwisseld zijn. Vraag de afzender het opnieuw te versturen.',
  },
  'ehbox.save': {
    meaning: 'De bestanden van een bericht kunnen niet worden geschreven.',
    hint: 'Controleer of de map schrijfbaar is en plaats heeft. Het bericht telt als gelezen.',
  },
  'ehbox.cursor': {
    meaning: 'Wat een leeslus onthoudt, kan niet worden gelezen of geschreven.',
    hint: 'Controleer het bestand, zijn map en de plaats op de schijf. Zonder dat bestand zouden berichten een tweede keer worden afgeleverd.',
  },
  'ehbox.cursor-locked': {
    meaning: 'Een ander proces voert een leeslus met dezelfde cursor uit.',
    hint: 'Beëindig dat eerst. Bestaat zo’n proces niet, verwijder dan het bestand dat op `.lock` eindigt.',
  },
  'ehbox.folder': {
    meaning: 'De map bestaat niet, of een bericht kan er niet uit worden gelezen.',
    hint: 'Lees uit INBOX, SENTBOX of HISTORY; haal een bericht uit zijn prullenmand voor u het leest.',
  },
  'ehbox.move': {
    meaning: 'Berichten gaan alleen van een map naar haar eigen prullenmand.',
    hint: 'Van INBOX naar BININBOX en van SENTBOX naar BINSENTBOX, en terug.',
  },
  'ebox.forbidden': {
    meaning: 'De eBox van burgers aanvaardt dit deel van een bericht niet.',
    hint: 'Laat het weg: een burger wordt alleen met zijn nummer genoemd.',
  },
  'ebox.unknown': {
    meaning:
      'Het is niet bekend hoe de eBox van burgers dit deel van een bericht opvat; het wordt dus niet verstuurd.',
    hint: 'Laat het weg, of roep de bewerking zelf aan (`eh2eboxOperations`) als het cookbook van de eH2eBox u zegt hoe.',
  },
  'ebox.refused': {
    meaning: 'De eH2eBox heeft de publicatie geweigerd met een eigen status.',
    hint: 'Lees de tekst van het platform in `platform.messages`; vermeld `platform.code` en `platform.id` aan zijn contactcenter.',
  },
} satisfies TextsOf<'ehbox' | 'ebox'>
