const small = [
  ...['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'],
  ...['thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'],
]
const tens = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']

function belowHundred(n: number): string {
  const word = small[n]
  if (word) return word
  const one = n % 10
  return (tens[Math.floor(n / 10)] ?? '') + (one > 0 ? `-${small[one]}` : '')
}

/** A pair of digits inside a longer number: `oh five`, `oh oh`. */
const pair = (n: number): string => (n === 0 ? 'oh oh' : n < 10 ? `oh ${small[n]}` : belowHundred(n))

/**
 * A whole number as people say the number of a thing, in English words that no voice reads wrongly: 7 seven, 105 one oh
 * five, 1024 ten twenty-four, 2000 two thousand, 1100 eleven hundred, 10245 one oh two forty-five.
 */
export function spokenNumber(n: number): string {
  if (n < 100) return belowHundred(n)
  if (n % 1000 === 0 && n < 100_000) return `${belowHundred(n / 1000)} thousand`
  if (n % 100 === 0 && n < 10_000) return `${belowHundred(n / 100)} hundred`
  const digits = String(n)
  const from = digits.length % 2 === 0 ? 2 : 1
  const rest = digits.slice(from).match(/\d\d/g) ?? []
  return [belowHundred(Number(digits.slice(0, from))), ...rest.map((two) => pair(Number(two)))].join(' ')
}
