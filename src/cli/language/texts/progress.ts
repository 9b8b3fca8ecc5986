import type { Texts } from '../index.js'

/** What stands beside a bar. */
export const progressTexts: Texts = {
  sealed: { fr: 'scellé', nl: 'verzegeld' },
  opened: { fr: 'ouvert', nl: 'geopend' },
  sent: { fr: 'envoyé', nl: 'verzonden' },
  received: { fr: 'reçu', nl: 'ontvangen' },
  read: { fr: 'lu', nl: 'gelezen' },
  answered: { fr: 'répondues', nl: 'beantwoord' },
  keystores: { fr: 'magasins de clés', nl: 'sleutelbestanden' },
  services: { fr: 'services', nl: 'diensten' },
  bags: { fr: 'sacs', nl: 'zakken' },
  '{0} s left': { fr: 'encore {0} s', nl: 'nog {0} s' },
  '{0} min left': { fr: 'encore {0} min', nl: 'nog {0} min' },
}
