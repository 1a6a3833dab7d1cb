/** The ECMA-182 polynomial, bits reversed, as its high and its low half. */
const POLYNOMIAL_HIGH = 0xc96c5795
const POLYNOMIAL_LOW = 0xd7870f42

const high = new Uint32Array(256)
const low = new Uint32Array(256)
for (let byte = 0; byte < 256; byte++) {
  let [h, l] = [0, byte]
  for (let bit = 0; bit < 8; bit++) {
    const odd = l & 1
    l = ((l >>> 1) | (h << 31)) ^ (odd ? POLYNOMIAL_LOW : 0)
    h = (h >>> 1) ^ (odd ? POLYNOMIAL_HIGH : 0)
  }
  high[byte] = h
  low[byte] = l
}

/**
 * CRC-64 (ECMA-182, reflected, as in XZ and Alibaba OSS) as a decimal number: the `codeChecksum` of a function. It is computed
 * in halves of 32 bits, for 64 bits at once (BigInt) take a second per 10 MB.
 */
export function crc64(bytes: Uint8Array): string {
  let [h, l] = [0xffffffff, 0xffffffff]
  for (const byte of bytes) {
    const index = (l ^ byte) & 0xff
    l = ((l >>> 8) | (h << 24)) ^ (low[index] ?? 0)
    h = (h >>> 8) ^ (high[index] ?? 0)
  }
  return String((BigInt(~h >>> 0) << 32n) | BigInt(~l >>> 0))
}
