const POLYNOMIAL = 0xc96c5795d7870f42n

const table = Array.from({ length: 256 }, (_, byte) => {
  let value = BigInt(byte)
  for (let bit = 0; bit < 8; bit++) value = value & 1n ? (value >> 1n) ^ POLYNOMIAL : value >> 1n
  return value
})

/** CRC-64 (ECMA-182, reflected), as OSS computes it and Function Compute tells it: an unsigned decimal number. */
export function crc64(bytes: Buffer): string {
  let crc = 0xffffffffffffffffn
  for (const byte of bytes) crc = (table[Number(crc & 0xffn) ^ byte] ?? 0n) ^ (crc >> 8n)
  return String(crc ^ 0xffffffffffffffffn)
}
