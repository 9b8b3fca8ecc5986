/** Errors of identifiers, in French. */
import type { TextsOf } from '../types.js'

export const identifiers = {
  'identifier.length': {
    meaning: 'L’identifiant n’a pas le bon nombre de chiffres.',
    hint: 'Donnez tous les chiffres, un zéro au début aussi ; espaces, points et tirets ne comptent pas.',
  },
  'identifier.not-digits': {
    meaning: 'L’identifiant contient autre chose que des chiffres.',
    hint: 'Vérifiez le numéro.',
  },
  'identifier.check-digit': {
    meaning: 'Les chiffres de contrôle de l’identifiant ne correspondent pas.',
    hint: 'Cherchez une faute de frappe dans le numéro.',
  },
  'identifier.month': {
    meaning: 'Le mois contenu dans l’identifiant n’existe pas.',
    hint: 'Vérifiez le numéro.',
  },
  'identifier.day': {
    meaning: 'Le jour contenu dans l’identifiant n’existe pas.',
    hint: 'Vérifiez le numéro.',
  },
  'identifier.sequence': {
    meaning: 'Le numéro d’ordre contenu dans l’identifiant n’est jamais attribué.',
    hint: 'Vérifiez le numéro.',
  },
  'identifier.future': {
    meaning: 'L’identifiant nomme une date de naissance dans le futur.',
    hint: 'Vérifiez le numéro.',
  },
  'identifier.format': {
    meaning: 'La valeur n’a pas la forme de sa sorte.',
    hint: 'Vérifiez la valeur.',
  },
  'identifier.year': {
    meaning: 'L’année est hors de l’intervalle de sa sorte.',
    hint: 'Vérifiez la valeur.',
  },
  'identifier.day-without-month': {
    meaning: 'Une date incomplète a un jour mais pas de mois.',
    hint: 'Donnez le mois, ou 00 pour le jour également.',
  },
  'identifier.profession': {
    meaning: 'Le premier chiffre du numéro INAMI n’appartient à aucune profession.',
    hint: 'Vérifiez si le numéro a été complété par des zéros à gauche.',
  },
  'identifier.first-digit': {
    meaning: 'Aucun numéro de cette sorte ne commence par ce chiffre.',
    hint: 'Vérifiez le numéro.',
  },
  'identifier.not-a-municipality': {
    meaning: 'Le code INS nomme une province, un arrondissement ou une région.',
    hint: 'Donnez le code de la commune.',
  },
  'identifier.range': {
    meaning: 'Le code est hors de l’intervalle de sa liste.',
    hint: 'Vérifiez le code.',
  },
  'identifier.case': {
    meaning: 'Le code doit être écrit en majuscules.',
    hint: 'Écrivez le code en majuscules.',
  },
  'identifier.type': {
    meaning: 'La plateforme ne connaît pas de type d’identifiant de ce nom.',
    hint: 'Utilisez un nom de la liste des types d’identifiants, par exemple SSIN ou NIHII-HOSPITAL.',
  },
} satisfies TextsOf<'identifier'>
