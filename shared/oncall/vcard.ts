/** What a phone is to know a caller by. */
export interface Card {
  name: string
  phones: string[]
}

/** vCard 3.0 (RFC 2426), which iOS and Android both import: lines end with CRLF, and `,`, `;` and `\` of values are escaped. */
export function vcard({ name, phones }: Card): string {
  const lines = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `N:${escaped(name)};;;;`,
    `FN:${escaped(name)}`,
    ...phones.map((phone) => `TEL;TYPE=VOICE:${phone}`),
    'END:VCARD',
  ]
  return `${lines.join('\r\n')}\r\n`
}

function escaped(text: string): string {
  return text.replace(/[\\,;]/g, (character) => `\\${character}`).replace(/\r?\n/g, '\\n')
}
