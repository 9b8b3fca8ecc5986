/** Errors of configuration, sessions and tokens, in French. */
import type { TextsOf } from '../types.js'

export const configuration = {
  'configuration.invalid': {
    meaning: 'Une option manque, est inconnue ou a une valeur impossible.',
    hint: 'Corrigez l’option que nomme `path`.',
  },
  'configuration.no-endpoint': {
    meaning: 'Le service n’a pas d’adresse connue dans cet environnement.',
    hint: 'Donnez son adresse : l’option `endpoints` avec le nom du service.',
  },
  'configuration.malformed': {
    meaning:
      'Un fichier de configuration ne peut être lu : sa syntaxe est incorrecte, il renvoie à lui-même ou il est trop grand.',
    hint: 'Corrigez la ligne que nomme le message.',
  },
  'configuration.closed': {
    meaning: 'La session a été fermée.',
    hint: 'Ouvrez une nouvelle session avec connect().',
  },
  'configuration.unsupported': {
    meaning: 'La combinaison demandée n’est pas prise en charge.',
    hint: 'Lisez le message et le guide de la fonction.',
  },
  'session.pool-full': {
    meaning: 'Toutes les sessions du pool sont occupées et aucune n’a été rendue à temps.',
    hint: 'Rendez les sessions dès que possible, ou autorisez-en davantage : maxSessions.',
  },
  'token.attribute': {
    meaning: 'Un attribut demandé n’a pas été accordé : absent, vide, `false`, ou un autre numéro.',
    hint: 'Vérifiez l’identité, la qualité et l’enregistrement du titulaire.',
  },
  'token.confirmation': {
    meaning: 'L’assertion est liée à une autre clé que celle de la session.',
    hint: 'N’utilisez pas le jeton ; signalez-le.',
  },
  'token.correlation': {
    meaning: 'La réponse du STS répond à une autre demande.',
    hint: 'N’utilisez pas le jeton ; cherchez un proxy ou un cache sur le chemin vers le STS.',
  },
  'token.count': {
    meaning:
      'La réponse du STS ne contient pas exactement une assertion, à l’endroit prévu par le protocole.',
    hint: 'N’utilisez pas le jeton ; signalez-le avec l’enregistrement des échanges.',
  },
  'token.ended': {
    meaning: 'Le jeton de la session a expiré, et la session ne peut pas en demander un autre.',
    hint: 'Demandez à l’utilisateur de s’identifier à nouveau et ouvrez une nouvelle session.',
  },
  'token.expired': {
    meaning: 'L’assertion a expiré.',
    hint: 'Demandez un nouveau jeton ; vérifiez l’horloge de cette machine.',
  },
  'token.failed': {
    meaning: 'Le STS n’a pas pu délivrer de jeton pour une raison qui lui est propre (statut Responder).',
    hint: 'Réessayez après une pause ; citez le message de la plateforme au centre de contact.',
  },
  'token.identification': {
    meaning: 'Un attribut affirmé n’est pas revenu avec sa valeur.',
    hint: 'La valeur envoyée ne correspond pas au certificat : comparez les deux.',
  },
  'token.issuer': {
    meaning: 'L’assertion nomme un autre émetteur que le STS.',
    hint: 'N’utilisez pas le jeton ; signalez-le.',
  },
  'token.malformed': {
    meaning: 'La réponse du STS ne contient pas d’assertion utilisable.',
    hint: 'Signalez-le avec l’enregistrement des échanges.',
  },
  'token.method': {
    meaning:
      'L’assertion est confirmée d’une autre manière que celle qui était demandée (holder-of-key, sender-vouches).',
    hint: 'N’utilisez pas le jeton ; signalez-le.',
  },
  'token.not-yet-valid': {
    meaning: 'L’assertion commence plus tard que maintenant.',
    hint: 'Vérifiez l’horloge de cette machine : elle retarde.',
  },
  'token.refused': {
    meaning: 'Le STS n’a pas délivré de jeton.',
    hint: 'Lisez le code et le message de la plateforme.',
  },
  'token.store': {
    meaning: 'Le magasin des jetons a échoué ou n’a pas répondu à temps.',
    hint: 'Examinez le magasin : la session continue sans lui.',
  },
  'token.stored': {
    meaning:
      'Un jeton conservé ne s’ouvre pas : il a été modifié ou coupé, appartient à quelqu’un d’autre, ou la clé est une autre.',
    hint: 'Ne l’utilisez pas ; laissez la session demander un nouveau jeton.',
  },
  'token.unsigned': {
    meaning: 'L’assertion ne porte pas de signature qui lui soit propre.',
    hint: 'N’utilisez pas le jeton ; signalez-le.',
  },
  'token.untrusted': {
    meaning: 'L’assertion n’est pas signée par le STS de l’environnement.',
    hint: 'Vérifiez la configuration de confiance ; n’utilisez pas le jeton.',
  },
  'sso.malformed': {
    meaning:
      'La réponse du service d’authentification unique ne contient pas exactement un jeton du profil demandé.',
    hint: 'Signalez-le avec l’enregistrement des échanges.',
  },
  'sso.address': {
    meaning:
      'Le service d’authentification unique envoie le navigateur ailleurs que chez le fournisseur d’identité.',
    hint: 'N’ouvrez pas l’adresse ; vérifiez l’environnement et signalez-le.',
  },
} satisfies TextsOf<'configuration' | 'session' | 'token' | 'sso'>
