/** Findings of `ehealth doctor` that are no errors of the library, in every language. */
import type { Language } from '../index.js'
import type { ErrorText } from './types.js'

export const findingTexts = {
  'certificate.ends-soon': {
    en: {
      meaning: 'A certificate ends soon.',
      hint: 'Renew your own with the certificate manager of the platform; replace a trusted one by what the platform publishes.',
    },
    fr: {
      meaning: 'Un certificat expire bientôt.',
      hint: 'Renouvelez le vôtre avec le Certificate Manager de la plateforme ; remplacez un certificat de confiance par celui que la plateforme publie.',
    },
    nl: {
      meaning: 'Een certificaat verloopt binnenkort.',
      hint: 'Vernieuw het uwe met de Certificate Manager van het platform; vervang een vertrouwd certificaat door wat het platform publiceert.',
    },
  },
  'clock.skew': {
    en: {
      meaning: 'The clock of this machine differs from that of the platform.',
      hint: 'Let the machine set its clock by a time server (NTP); the platform refuses messages that are off by more than a minute.',
    },
    fr: {
      meaning: 'L’horloge de cette machine diffère de celle de la plateforme.',
      hint: 'Laissez la machine régler son horloge sur un serveur de temps (NTP) ; la plateforme refuse les messages décalés de plus d’une minute.',
    },
    nl: {
      meaning: 'De klok van deze machine verschilt van die van het platform.',
      hint: 'Laat de machine haar klok gelijkzetten met een tijdserver (NTP); het platform weigert berichten die meer dan een minuut afwijken.',
    },
  },
  'configuration.strange': {
    en: {
      meaning: 'A setting is there that does nothing, or not what it seems.',
      hint: 'Remove it, or write it as meant.',
    },
    fr: {
      meaning: 'Un réglage est là qui ne fait rien, ou pas ce qu’il semble faire.',
      hint: 'Supprimez-le, ou écrivez-le comme il est voulu.',
    },
    nl: {
      meaning: 'Er staat een instelling die niets doet, of niet wat ze lijkt te doen.',
      hint: 'Verwijder ze, of schrijf ze zoals bedoeld.',
    },
  },
  'etk.older-key': {
    en: {
      meaning: 'The published encryption token is that of an older key of the keystore.',
      hint: 'Activate the token of the newest key with the certificate manager; until then others seal with the older one.',
    },
    fr: {
      meaning: 'Le jeton de chiffrement publié est celui d’une clé plus ancienne du keystore.',
      hint: 'Activez le jeton de la clé la plus récente avec le Certificate Manager ; d’ici là, les autres chiffrent avec la plus ancienne.',
    },
    nl: {
      meaning: 'Het gepubliceerde versleutelingstoken is dat van een oudere sleutel van de keystore.',
      hint: 'Activeer het token van de nieuwste sleutel met de Certificate Manager; tot dan versleutelen anderen met de oudere.',
    },
  },
  'etk.other-key': {
    en: {
      meaning: 'The key of the published encryption token is not in the keystore.',
      hint: 'Open the keystore that was made at the last renewal; if it is lost, register a new encryption key.',
    },
    fr: {
      meaning: 'La clé du jeton de chiffrement publié n’est pas dans le keystore.',
      hint: 'Ouvrez le keystore créé lors du dernier renouvellement ; s’il est perdu, enregistrez une nouvelle clé de chiffrement.',
    },
    nl: {
      meaning: 'De sleutel van het gepubliceerde versleutelingstoken zit niet in de keystore.',
      hint: 'Open de keystore die bij de laatste vernieuwing werd gemaakt; is hij verloren, registreer dan een nieuwe versleutelingssleutel.',
    },
  },
  'keystore.no-chain': {
    en: {
      meaning: 'The keystore holds no issuing authority of its certificate.',
      hint: 'Take the keystore as the certificate manager made it: exporting or converting it lost the authorities.',
    },
    fr: {
      meaning: 'Le keystore ne contient pas l’autorité qui a émis son certificat.',
      hint: 'Prenez le keystore tel que le Certificate Manager l’a créé : l’exporter ou le convertir a fait perdre les autorités.',
    },
    nl: {
      meaning: 'De keystore bevat de autoriteit niet die zijn certificaat heeft uitgegeven.',
      hint: 'Neem de keystore zoals de Certificate Manager hem heeft gemaakt: bij het exporteren of omzetten gingen de autoriteiten verloren.',
    },
  },
  'keystore.no-encryption-key': {
    en: {
      meaning: 'The keystore holds no encryption key: nothing that is sealed for its owner can be opened.',
      hint: 'Finish the registration of an encryption key with the certificate manager, or open the keystore that holds it.',
    },
    fr: {
      meaning:
        'Le keystore ne contient pas de clé de chiffrement : rien de ce qui est chiffré pour son titulaire ne peut être ouvert.',
      hint: 'Terminez l’enregistrement d’une clé de chiffrement avec le Certificate Manager, ou ouvrez le keystore qui la contient.',
    },
    nl: {
      meaning:
        'De keystore bevat geen versleutelingssleutel: niets wat voor de houder is versleuteld, kan worden geopend.',
      hint: 'Rond de registratie van een versleutelingssleutel af met de Certificate Manager, of open de keystore die hem bevat.',
    },
  },
  'node.too-old': {
    en: {
      meaning: 'This Node.js is older than the package needs.',
      hint: 'Install Node.js 20.19 or later.',
    },
    fr: {
      meaning: 'Ce Node.js est plus ancien que ce qu’exige le paquet.',
      hint: 'Installez Node.js 20.19 ou plus récent.',
    },
    nl: {
      meaning: 'Deze Node.js is ouder dan het pakket nodig heeft.',
      hint: 'Installeer Node.js 20.19 of nieuwer.',
    },
  },
  'service-list.recovering': {
    en: {
      meaning: 'The platform serves some services at a recovery endpoint.',
      hint: 'Nothing, if the program follows the list (business continuity); else it may not reach these services.',
    },
    fr: {
      meaning: 'La plateforme offre certains services à une adresse de secours.',
      hint: 'Rien, si le programme suit la liste (continuité d’activité) ; sinon, il n’atteint peut-être pas ces services.',
    },
    nl: {
      meaning: 'Het platform biedt sommige diensten op een noodadres aan.',
      hint: 'Niets, als het programma de lijst volgt (business continuity); anders bereikt het deze diensten misschien niet.',
    },
  },
  'trust.missing': {
    en: {
      meaning: 'No certificate is given that must be trusted.',
      hint: 'Give what the platform publishes: `trust.sts` and `trust.signers`, or `--trust-sts` and `--trust-signers`.',
    },
    fr: {
      meaning: 'Aucun certificat auquel il faut faire confiance n’est donné.',
      hint: 'Donnez ce que la plateforme publie : `trust.sts` et `trust.signers`, ou `--trust-sts` et `--trust-signers`.',
    },
    nl: {
      meaning: 'Er is geen certificaat opgegeven dat vertrouwd moet worden.',
      hint: 'Geef wat het platform publiceert: `trust.sts` en `trust.signers`, of `--trust-sts` en `--trust-signers`.',
    },
  },
} satisfies Readonly<Record<string, Readonly<Record<Language, ErrorText>>>>

/** A code that only the doctor gives. */
export type FindingCode = keyof typeof findingTexts
