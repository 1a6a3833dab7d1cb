import { expect, it } from 'vitest'
import { Readings } from './readings.ts'

const text = '{"status":"open","takers":[{"by":"lin"}]}'

interface Read {
  status: string
  takers: { by: string }[]
}

it('parses a text once as long as it lies there', () => {
  const readings = new Readings(false)
  const first = readings.read(text)

  expect(first).toEqual(JSON.parse(text))
  expect(readings.read(text)).toBe(first)

  readings.forget(text)
  expect(readings.read(text)).not.toBe(first)
})

it('lets nobody change what was read where it freezes', () => {
  const read = new Readings(true).read(text) as Read

  expect(() => {
    read.status = 'resolved'
  }).toThrow(TypeError)
  expect(() => {
    for (const taker of read.takers) taker.by = 'wang'
  }).toThrow(TypeError)
  expect(() => read.takers.push({ by: 'wang' })).toThrow(TypeError)
})
