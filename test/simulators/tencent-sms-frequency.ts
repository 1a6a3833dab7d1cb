// Default frequency rules: cloud.tencent.com/document/product/382/35469. An enterprise can change them in the console.
const SAME_CONTENT_MS = 30_000
const PER_DAY = 10
const BEIJING_MS = 8 * 60 * 60_000
const DAY_MS = 24 * 60 * 60_000

/** Counts texts per number: the same content once in 30 s, 10 texts in a day of Beijing. */
export function smsFrequency(now: () => number) {
  const sent = new Map<string, { at: number; content: string }[]>()

  return (phone: string, content: string): { code: string; message: string } | undefined => {
    const day = (at: number) => Math.floor((at + BEIJING_MS) / DAY_MS)
    const today = (sent.get(phone) ?? []).filter(({ at }) => day(at) === day(now()))
    const recent = (sent.get(phone) ?? []).filter(({ at }) => now() - at < SAME_CONTENT_MS)
    if (recent.some((text) => text.content === content)) {
      return limit('PhoneNumberThirtySecondLimit', 'within 30 seconds exceeds the upper limit')
    }
    if (today.length >= PER_DAY) return limit('PhoneNumberDailyLimit', 'within one day exceeds the upper limit')
    sent.set(phone, [...new Set([...today, ...recent]), { at: now(), content }])
  }
}

function limit(code: string, what: string) {
  return {
    code: `LimitExceeded.${code}`,
    message: `the number of SMS messages sent from a single mobile number ${what}`,
  }
}
