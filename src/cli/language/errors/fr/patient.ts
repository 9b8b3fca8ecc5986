/** Errors of patients: address book, consent, links, access, registers, in French. */
import type { TextsOf } from '../types.js'

export const patient = {
  'access.reason': {
    meaning: 'Le bris de glace exige sa raison et un endroit où il est consigné.',
    hint: 'Donnez de 10 à 200 caractères comme `reason`, et une fonction `record` qui conserve ce qu’on lui dit.',
  },
  'access.provider': {
    meaning: 'On ne sait pas pour qui la question est posée.',
    hint: 'Donnez `provider` : la session n’est pas celle d’un prestataire de soins.',
  },
  'address-book.criteria': {
    meaning: 'Le carnet d’adresses ne se laisse pas interroger par ces critères réunis.',
    hint: 'Donnez une des combinaisons de `details.combinations`.',
  },
  'address-book.paging': {
    meaning: 'Le carnet d’adresses a répondu à une page suivante par la page précédente.',
    hint: 'Restreignez la recherche, ou demandez des pages isolées ; signalez-le si cela persiste.',
  },
  'consent.card-required': {
    meaning: 'Un professionnel ne déclare ou ne révoque un consentement éclairé qu’avec la carte du patient.',
    hint: 'Lisez l’eID du patient (ou la carte ISI+) et donnez son numéro comme `eidCard` ou `isiCard`.',
  },
  'therlink.names-required': {
    meaning: 'La plateforme n’accepte pas de lien thérapeutique sans les noms du patient.',
    hint: 'Donnez le prénom et le nom de famille tels que la carte les montre.',
  },
  'therlink.type': {
    meaning: 'Un lien thérapeutique de ce type ne peut être déclaré ou révoqué ici.',
    hint: 'Le lien du dossier médical global est tenu par les mutualités ; donnez un autre type.',
  },
  'therlink.period': {
    meaning: 'La période d’un lien thérapeutique ou d’une recherche est impossible.',
    hint: 'La fin vient après le début ; une recherche a les deux bornes ou aucune, et seulement pour les liens actifs.',
  },
  'therlink.comment': {
    meaning: 'Le commentaire d’un lien thérapeutique est trop long.',
    hint: 'Donnez 256 caractères au plus.',
  },
  'therlink.criteria': {
    meaning: 'Une recherche de liens thérapeutiques n’est pas de celles auxquelles la plateforme répond.',
    hint: 'Nommez le patient, demandez de 1 à 1000 lignes, et ne donnez pas de période pour le type gmd.',
  },
  'therlink.proof': {
    meaning: 'Une preuve n’est pas ce qu’exige son type.',
    hint: 'La lecture d’une carte ne demande pas de signature ; signer demande la clé du patient ou ce qu’elle a signé.',
  },
  'therlink.bulk': {
    meaning: 'Il n’y a pas de lien thérapeutique à déclarer.',
    hint: 'Donnez au moins un lien.',
  },
  'kmehr.patient': {
    meaning: 'Un patient n’est pas nommé comme les services le demandent.',
    hint: 'Donnez le NISS, une carte au plus, et le prénom avec le nom de famille.',
  },
  'kmehr.party': {
    meaning:
      'Un prestataire de soins, une organisation ou un logiciel n’est pas nommé comme les services le demandent.',
    hint: 'Donnez un rôle de CD-HCPARTY et un numéro ; pour un logiciel, l’identifiant et le nom.',
  },
  'kmehr.author': {
    meaning: 'L’auteur d’une demande ne peut être déduit de la session.',
    hint: 'Donnez `author` avec les parties qui agissent ; une pharmacie se nomme elle-même et son titulaire.',
  },
  'kmehr.date': {
    meaning: 'Une date n’en est pas une, ou se trouve où elle ne peut être.',
    hint: 'Donnez `yyyy-mm-dd` ou une Date ; le jour compte tel qu’il est en Belgique.',
  },
  'id-support.combination': {
    meaning:
      'Une carte se vérifie par le NISS de son titulaire avec son numéro, ou par ce que dit son code-barres seul.',
    hint: 'Donnez `ssin` et `cardNumber`, ou `barcode` et rien d’autre.',
  },
  'rn-consult.application-id': {
    meaning: 'Les registres s’interrogent avec un Application ID, et il n’y en a pas d’utilisable.',
    hint: 'Donnez celui qui a été délivré pour cet environnement : `nationalRegister: { applicationId }` de connect(), ou EHEALTH_APPLICATION_ID.',
  },
  'rn-consult.criteria': {
    meaning: 'Ces critères ne permettent de rechercher personne.',
    hint: 'Donnez un nom de famille et une date de naissance ; ce qui ne sert pas à chercher est omis.',
  },
  'person-registration.declaration': {
    meaning: 'Ce qui est déclaré d’une personne ne suffit pas pour un numéro, ou ne peut être envoyé.',
    hint: 'Donnez le nom, la date de naissance complète, le lieu de naissance et le sexe ; ou le nom, la date de naissance et une adresse à l’étranger ou en Belgique.',
  },
  'person-registration.not-searched': {
    meaning: 'Une personne ne s’enregistre qu’après une recherche, par une décision sur son résultat.',
    hint: 'Donnez ce qu’a rendu `searchBeforeRegistering`, avec la décision qui lui convient.',
  },
  'person-registration.used': {
    meaning: 'Un enregistrement a déjà été tenté avec le résultat de cette recherche.',
    hint: 'Cherchez à nouveau : la personne a peut-être été enregistrée au premier essai.',
  },
  'person-registration.outcome-unknown': {
    meaning: 'La réponse s’est perdue : la personne a peut-être été enregistrée, ou pas.',
    hint: 'Ne recommencez pas. Cherchez à nouveau après quelques minutes ; n’enregistrez que si personne n’est trouvé.',
  },
  'registration.bank-account': {
    meaning: 'Le compte bancaire d’un enregistrement n’en est pas un.',
    hint: 'Donnez l’IBAN tel qu’il figure sur l’extrait de compte ; les espaces ne comptent pas.',
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
