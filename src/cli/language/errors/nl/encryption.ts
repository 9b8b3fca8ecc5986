/** Errors of encryption tokens, sealed messages and the KGSS, in Dutch. */
import type { TextsOf } from '../types.js'

export const encryption = {
  'etk.not-found': {
    meaning: 'Voor deze actor is geen versleutelingstoken gepubliceerd.',
    hint: 'Controleer type, nummer en toepassing; als ze kloppen, moet de actor een versleutelingssleutel registreren voor iemand voor hem kan versleutelen.',
  },
  'etk.ambiguous': {
    meaning: 'Verscheidene versleutelingstokens passen.',
    hint: 'Noem de toepassing.',
  },
  'etk.malformed': {
    meaning: 'De bytes zijn geen versleutelingstoken.',
    hint: 'Haal het token opnieuw op.',
  },
  'etk.untrusted': {
    meaning: 'Het versleutelingstoken doorstaat de controle niet.',
    hint: 'Versleutel er niet voor; haal het opnieuw op en meld het als het aanhoudt.',
  },
  'etk.expired': {
    meaning: 'Een certificaat in het versleutelingstoken is nu niet geldig.',
    hint: 'Haal het token opnieuw op; de actor moet zijn certificaat vernieuwen.',
  },
  'etk.subject': {
    meaning: 'Het versleutelingstoken is van een andere actor dan de gevraagde.',
    hint: 'Versleutel er niet voor; meld het.',
  },
  'etk.revoked': {
    meaning: 'Het certificaat van de eigenaar van het token, of een certificaat erboven, is ingetrokken.',
    hint: 'Versleutel er niet voor; vraag de actor een nieuw te registreren.',
  },
  'etk.status-unknown': {
    meaning: 'Niemand kon zeggen of het certificaat van de eigenaar van het token is ingetrokken.',
    hint: 'Zie `details.causes`; met het beleid `prefer` wordt een onbekende status aanvaard.',
  },
  'etk.unknown-type': {
    meaning: 'Het ETK-depot kent het type van de identificator niet.',
    hint: 'Gebruik een van de types in de documentatie van de identificatoren.',
  },
  'etk.invalid-number': {
    meaning: 'Het ETK-depot vindt het nummer onmogelijk voor zijn type.',
    hint: 'Controleer het nummer; de code van het platform zegt om welke soort het gaat.',
  },
  'etk.unavailable': {
    meaning: 'Het ETK-depot had een interne fout.',
    hint: 'Probeer later opnieuw.',
  },
  'etk.unsupported-key': {
    meaning: 'Het token bevat een sleutel waarvoor geen berichtformaat bekend is (EC).',
    hint: 'Vraag een token van een andere toepassing van de actor.',
  },
  'etk.refused': {
    meaning: 'Het ETK-depot heeft de vraag geweigerd.',
    hint: 'Zie de code van het platform.',
  },
  'etk.own-key': {
    meaning:
      'Geen enkele sleutel van de sessie opent wat anderen voor haar gepubliceerde versleutelingstoken versleutelen.',
    hint: 'Geef de keystore van de laatste vernieuwing, of laad zijn sleutels: session.keys.load().',
  },
  'kgss.reader': {
    meaning: 'De toegangslijst van een sleutel ontbreekt, is leeg of noemt een lezer die er geen kan zijn.',
    hint: 'Noem ten minste één toegelaten lezer, bijvoorbeeld readers.doctor().',
  },
  'kgss.key-id': {
    meaning: 'De identificator van een sleutel bestaat niet uit octetten of base64.',
    hint: 'Geef de identificator die het bericht noemt: readRecipients(sealed).secretKeyIds.',
  },
  'kgss.own-token': {
    meaning:
      'Het antwoord van het KGSS kon niet worden geopend: de aanroeper heeft geen versleutelingssleutel van een gepubliceerd token.',
    hint: 'Publiceer een versleutelingstoken voor deze keystore, of gebruik de keystore die de sleutel ervan bevat.',
  },
  'kgss.key-not-found': {
    meaning:
      'Het KGSS heeft die sleutel niet, of de aanroeper hoort niet bij de lezers; het zegt niet welk van beide.',
    hint: 'Vraag de auteur voor wie de sleutel bedoeld is; controleer of het token het attribuut van de toegangslijst toekent.',
  },
  'kgss.refused': {
    meaning: 'Het KGSS heeft de vraag geweigerd.',
    hint: 'Zie de code van het platform.',
  },
  'kgss.answer': {
    meaning:
      'Het versleutelde antwoord van het KGSS gaat niet open, doorstaat de controle niet of is te oud.',
    hint: 'Gebruik de sleutel niet; controleer de klok en het vertrouwensmateriaal, en meld het als het aanhoudt.',
  },
  'kgss.signer': {
    meaning: 'Het versleutelde antwoord werd ondertekend door iemand anders dan het KGSS.',
    hint: 'Gebruik de sleutel niet; meld het.',
  },
  'kgss.unusable-key': {
    meaning: 'Het antwoord van het KGSS bevat geen AES-sleutel van 128 bits, of geen identificator ervoor.',
    hint: 'Meld het: berichten worden alleen met sleutels van 128 bits versleuteld.',
  },
  'kgss.destroyed': {
    meaning: 'De sleutel werd overschreven.',
    hint: 'Vraag hem opnieuw aan het KGSS.',
  },
  'seal.no-recipient': {
    meaning: 'Een versleuteld bericht heeft ten minste één bestemmeling nodig.',
    hint: 'Geef een versleutelingstoken of een geheime sleutel.',
  },
  'seal.unsupported-key': {
    meaning: 'De sleutel kan niet voor een versleuteld bericht dienen.',
    hint: 'Gebruik een RSA-sleutel van ten minste 2048 bits, of noem een beleid dat de sleutel toelaat.',
  },
  'seal.content-length': {
    meaning:
      'De inhoud is niet zo lang als aangekondigd; de versleutelde octetten tot nu toe zijn geen bericht.',
    hint: 'Geef het juiste aantal octetten, of laat het weg.',
  },
  'seal.secret-key': {
    meaning: 'De geheime sleutel moet 128 bits en een identificator hebben.',
    hint: 'Geef de sleutel en de sleutel-id die het KGSS heeft gegeven.',
  },
  'unseal.decryption': {
    meaning: 'Het versleutelde bericht kan niet worden ontsleuteld.',
    hint: 'Vraag de afzender het opnieuw te versturen.',
  },
  'unseal.malformed': {
    meaning: 'De bytes zijn geen versleuteld bericht.',
    hint: 'Vraag de afzender het opnieuw te versturen.',
  },
  'unseal.not-addressed': {
    meaning: 'Geen enkele sleutel van deze keystore opent het bericht.',
    hint: 'Voeg oudere keystores toe, of vraag de afzender het huidige versleutelingstoken te gebruiken.',
  },
  'unseal.refused': {
    meaning: 'Het versleutelde bericht gaat open maar doorstaat de controle niet.',
    hint: 'Gebruik de inhoud niet; zie de meldingen in `details.errors`.',
  },
} satisfies TextsOf<'etk' | 'kgss' | 'seal' | 'unseal'>
