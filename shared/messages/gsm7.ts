/** The basic GSM 7-bit alphabet (3GPP TS 23.038 §6.2.1), in which 160 characters are one text message. */
const alphabet = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿' +
    'abcdefghijklmnopqrstuvwxyzäöñüà',
)

/** Whether a text can be sent in GSM 7-bit, one septet a character. */
export const isGsm7 = (text: string): boolean => Array.from(text).every((character) => alphabet.has(character))

/** The text in GSM 7-bit: accents the alphabet lacks are taken off, other characters left out. May be empty. */
export const toGsm7 = (text: string): string =>
  Array.from(text.normalize('NFC'), (character) =>
    alphabet.has(character)
      ? character
      : Array.from(character.normalize('NFKD'))
          .filter((part) => alphabet.has(part))
          .join(''),
  )
    .join('')
    .replace(/ {2,}/g, ' ')
    .trim()
