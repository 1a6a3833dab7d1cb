import { expect, test } from 'vitest'
import { hasForeignName, mailAddress } from '../../shared/oncall/address.ts'

test.each([
  ['lin@example.com', true, 'ASCII'],
  ["o'neil+pager@mail.example.com", true, 'what RFC 5321 has in words'],
  ['lin@例子.公司', true, 'a domain in Chinese'],
  ['lin@xn--fsqu00a.xn--55qx5d', true, 'the same as mail servers write it'],
  ['lin@bücher.example', true, 'a domain with an accent'],
  ['林悦@例子.公司', true, 'a name in Chinese'],
  ['लिन@उदाहरण.भारत', true, 'letters with marks'],
  ['lin.example.com', false, 'no @'],
  ['lin@example', false, 'no dot in the domain'],
  ['lin@例子。公司', false, 'the full stop of a Chinese keyboard'],
  ['lin＠example.com', false, 'the @ of a Chinese keyboard'],
  ['lin@@example.com', false, 'twice @'],
  ['lin.@example.com', false, 'a word that is empty'],
  ['lin@-example.com', false, 'a label that begins with a hyphen'],
  ['Lin <lin@example.com>', false, 'a name before it'],
  ['lin@example.com, wang@example.com', false, 'two'],
  ['lin@example.com\nBcc: x@example.com', false, 'a second header'],
  [`lin@${'a'.repeat(250)}.com`, false, 'longer than any server takes'],
])('%j is a mail address: %s (%s)', (text, isOne) => {
  expect(mailAddress.schema.safeParse(text).success).toBe(isOne)
})

test.each([
  ['lin@例子.公司', false],
  ['林悦@example.com', true],
])('%s needs a server that takes such a name: %s', (text, isForeign) => {
  expect(hasForeignName(text)).toBe(isForeign)
})
