import type { Texts } from '../types.js'

/** What stands beside a bar. */
export const progressTexts: Texts = {
  read: { fr: 'lu', nl: 'gelezen' },
  answered: { fr: 'répondues', nl: 'beantwoord' },
  keystores: { fr: 'fichiers de clés', nl: 'sleutelbestanden' },
  services: { fr: 'services', nl: 'diensten' },
  bags: { fr: 'lots', nl: 'bundels' },
  '{0} s left': { fr: 'encore {0} s', nl: 'nog {0} s' },
  '{0} min left': { fr: 'encore {0} min', nl: 'nog {0} min' },
}
