/** ITU-T E.164, list of assigned country codes: 1 and 7, these of two digits, and all others of three. */
const twoDigits = /^\+(2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/

/** The country's part of an E.164 number, such as `+86`. */
export function callingCode(phone: string): string {
  if (/^\+[17]/.test(phone)) return phone.slice(0, 2)
  return twoDigits.exec(phone)?.[0] ?? phone.slice(0, 4)
}
