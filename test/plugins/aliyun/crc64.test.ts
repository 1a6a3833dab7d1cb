import { expect, test } from 'vitest'
import { crc64 } from '../../../plugins/aliyun/crc64.ts'

test.each([
  ['', 0n, 'nothing'],
  ['123456789', 0x995dc9bbdf1939fan, 'the check value of CRC-64/XZ'],
])('CRC-64 of "%s": %s, %s', (text, expected) => {
  expect(crc64(Buffer.from(text))).toBe(String(expected))
})
