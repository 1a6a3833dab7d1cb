/** Only the last four digits of a phone number: `****0001`. */
export function maskPhone(phone: string): string {
  return `****${phone.length > 4 ? phone.slice(-4) : ''}`
}

/** The first letter of a mail address, and its domain: `l***@example.com`. */
export function maskMail(mail: string): string {
  const at = mail.lastIndexOf('@')
  return at < 1 ? '***' : `${[...mail][0]}***${mail.slice(at)}`
}

/** The host of a URL: its path may be as good as a password. */
export function maskUrl(url: string): string {
  return `${new URL(url).origin}/***`
}
