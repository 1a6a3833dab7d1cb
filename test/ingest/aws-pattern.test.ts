import { describe, expect, it } from 'vitest'
import { fits } from '../../shared/ingest/aws/pattern.ts'
import { pattern } from '../../shared/ingest/aws/pattern-schema.ts'

const event = { source: 'aws.s3', resources: ['a', 'b'], detail: { size: 3, state: 'Failed', tag: null } }

describe('a pattern of EventBridge', () => {
  it.each<[string, unknown, boolean]>([
    ['a value of a list', { source: ['aws.ec2', 'aws.s3'] }, true],
    ['every field', { source: ['aws.s3'], detail: { size: [4] } }, false],
    ['one of an event’s own list', { resources: ['b'] }, true],
    ['null by null', { detail: { tag: [null] } }, true],
    ['a number by a number alone', { detail: { size: ['3'] } }, false],
    ['a prefix', { source: [{ prefix: 'aws.' }] }, true],
    ['a suffix', { source: [{ suffix: '.s3' }] }, true],
    ['any case of letters', { detail: { state: [{ 'equals-ignore-case': 'FAILED' }] } }, true],
    ['what is there', { detail: { state: [{ exists: true }] } }, true],
    ['what is not there', { detail: { other: [{ exists: false }] } }, true],
    ['nothing by what is not there', { other: { deep: ['x'] } }, false],
    ['anything but a value', { detail: { state: [{ 'anything-but': ['Done', 'Skipped'] }] } }, true],
    ['anything but what begins like it', { source: [{ 'anything-but': { prefix: 'aws.' } }] }, false],
  ])('fits %s', (_, wanted, isFitting) => {
    expect(fits(pattern.parse(wanted), event)).toBe(isFitting)
  })

  it.each<[string, unknown, string]>([
    ['nothing', {}, 'should name a field'],
    ['a comparison that we can’t make', { detail: { size: [{ numeric: ['>', 1] }] } }, 'should be'],
    ['a value without a list', { source: 'aws.s3' }, 'should be a list of values'],
  ])('is a mistake with %s', (_, wanted, message) => {
    expect(pattern.safeParse(wanted).error?.message).toContain(message)
  })
})
