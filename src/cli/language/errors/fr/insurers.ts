/** Errors of the insurers: MemberData, MyCareNet and their mailboxes, in French. */
import type { TextsOf } from '../types.js'

export const insurers = {
  'async.too-soon': {
    meaning: 'La boîte a été interrogée à nouveau trop tôt.',
    hint: 'Attendez au moins 30 secondes, et confirmez ce qui a été reçu avant de redemander.',
  },
  'async.acknowledgement': {
    meaning: 'L’accusé de réception d’un envoi porte sur autre chose, ou est illisible.',
    hint: 'On ignore si l’envoi a été pris : cherchez son accusé de réception dans la boîte avant de renvoyer.',
  },
  'async.nothing-to-confirm': {
    meaning: 'Une confirmation ne nomme ni message ni accusé de réception.',
    hint: 'Confirmez ce qui a été reçu ; quand rien ne l’a été, il n’y a rien à confirmer.',
  },
  'async.store': {
    meaning: 'Le magasin d’un lot ne peut être lu ou écrit, ou contient ce qui n’est pas à lui.',
    hint: 'Vérifiez le répertoire, ses droits et la place sur le disque ; `cause` contient l’erreur du système.',
  },
  'async.store-locked': {
    meaning: 'Un autre processus tient le magasin.',
    hint: 'Laissez un seul processus tenir un magasin ; arrêtez l’autre, ou donnez à celui-ci un répertoire à lui.',
  },
  'async.conflict': {
    meaning: 'Un envoi de ce nom avec un autre contenu est déjà dans le magasin.',
    hint: 'Donnez à ce qui doit être envoyé un nom à lui, ou exactement le même contenu pour continuer.',
  },
  'member-data.patient': {
    meaning: 'On ne peut dire quel patient est visé.',
    hint: 'Donnez ssin, ou registrationNumber et mutuality, ou ssin et mutuality.',
  },
  'member-data.period': {
    meaning: 'La période de la question n’en est pas une.',
    hint: 'Donnez on, ou from et until, le premier jour qui n’est plus visé.',
  },
  'member-data.facet': {
    meaning: 'Une facette est demandée d’une manière à laquelle personne ne répond.',
    hint: 'Donnez chaque facette une fois, avec ses précisions : voir docs/member-data.md.',
  },
  'member-data.answer': {
    meaning: 'La réponse de MemberData est illisible.',
    hint: 'Signalez-le avec la référence de la question.',
  },
  'member-data.other-answer': {
    meaning: 'La réponse appartient à une autre question, ou concerne un autre patient.',
    hint: 'Ne l’utilisez pas ; redemandez, et signalez-le si cela persiste.',
  },
  'mycarenet.licence': {
    meaning: 'La licence que le CIN a donnée au logiciel manque ou est inutilisable.',
    hint: 'Donnez-la à connect() : `mycarenet: { licence: { username, password } }`, ou configurez mycarenet.username et mycarenet.passwordEnv.',
  },
  'mycarenet.care-provider': {
    meaning: 'On ne peut dire à MyCareNet qui est le prestataire de soins : le numéro ou le rôle manque.',
    hint: 'Donnez à l’appelant son numéro INAMI, ou dites-le : `mycarenet: { careProvider: { nihii, quality } }`.',
  },
  'mycarenet.test-flag': {
    meaning: 'L’indicateur de test ne va pas avec l’environnement.',
    hint: 'Omettez-le : il est faux en production et vrai ailleurs ; il ne se donne que pour un environnement à vous.',
  },
  'mycarenet.reference': {
    meaning: 'La référence d’une demande n’est pas de celles que MyCareNet accepte.',
    hint: 'Omettez-la, ou donnez de 14 à 36 lettres et chiffres qui n’ont jamais servi.',
  },
  'mycarenet.day': {
    meaning: 'Une date n’existe pas dans le calendrier.',
    hint: 'Donnez yyyy-mm-dd, ou une Date, dont c’est le jour en Belgique qui compte.',
  },
  'mycarenet.care-receiver': {
    meaning: 'On ne peut dire qui la demande concerne.',
    hint: 'Donnez un NISS, ou un numéro d’affiliation et sa mutualité, ou la mutualité seule là où le service le permet.',
  },
  'mycarenet.blob': {
    meaning: 'Un contenu de MyCareNet est vide, ou emballé d’une manière inconnue.',
    hint: 'Signalez-le avec la référence de la demande.',
  },
  'mycarenet.too-large': {
    meaning: 'Un contenu emballé de MyCareNet devient plus grand que permis.',
    hint: 'Relevez la limite si vous attendez un contenu de cette taille.',
  },
  'mycarenet.hash': {
    meaning: 'Un contenu de MyCareNet n’est pas ce que dit son empreinte.',
    hint: 'Ne l’utilisez pas ; redemandez, et signalez-le si cela persiste.',
  },
  'mycarenet.sealed': {
    meaning: 'Un contenu chiffré de MyCareNet ne contient pas ce qu’il doit.',
    hint: 'Signalez-le avec la référence de la demande.',
  },
  'mycarenet.signature': {
    meaning: 'La signature d’une réponse de MyCareNet ne correspond pas à son contenu.',
    hint: 'N’utilisez pas la réponse ; redemandez, et signalez-le si cela persiste.',
  },
} satisfies TextsOf<'async' | 'member-data' | 'mycarenet'>
