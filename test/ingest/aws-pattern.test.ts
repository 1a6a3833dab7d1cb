import { describe, expect, it } from 'vitest'
import { fits } from '../../shared/ingest/aws/pattern.ts'
import { pattern } from '../../shared/ingest/aws/pattern-schema.ts'

const event = {
  source: 'aws.s3',
  resources: ['a', 'b'],
  detail: { size: 3, state: 'Failed', tag: null, mark: 'a*b', ip: '10.0.0.7', path: 'c:\\x' },
}

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
    ['anything but several ends', { source: [{ 'anything-but': { suffix: ['.ec2', '.s3'] } }] }, false],
    [
      'anything but a word in any case',
      { detail: { state: [{ 'anything-but': { 'equals-ignore-case': 'DONE' } }] } },
      true,
    ],
    ['anything but what is like it', { source: [{ 'anything-but': { wildcard: 'aws.*' } }] }, false],
    ['a beginning in any case', { source: [{ prefix: { 'equals-ignore-case': 'AWS.' } }] }, true],
    ['an end in any case', { detail: { state: [{ suffix: { 'equals-ignore-case': 'LED' } }] } }, true],
    ['a number in a range', { detail: { size: [{ numeric: ['>', 2, '<=', 3] }] } }, true],
    ['a number above', { detail: { size: [{ numeric: ['>', 3] }] } }, false],
    ['no text as a number', { source: [{ numeric: ['>=', 0] }] }, false],
    ['what is like it', { source: [{ wildcard: 'a*.s*' }] }, true],
    ['what is like it from end to end', { source: [{ wildcard: 'a*.s' }] }, false],
    ['each part of what is like it once', { source: [{ wildcard: 'aws.s3*s3' }] }, false],
    ['a star itself', { detail: { mark: [{ wildcard: 'a\\*b' }] } }, true],
    ['a backslash before a star', { detail: { path: [{ wildcard: 'c:\\\\*' }] } }, true],
    ['an address of a network', { detail: { ip: [{ cidr: '10.0.0.0/24' }] } }, true],
    ['an address of another network', { detail: { ip: [{ cidr: '10.0.1.0/24' }] } }, false],
    ['no name as an address', { source: [{ cidr: '10.0.0.0/8' }] }, false],
    ['one of several patterns', { source: ['aws.s3'], $or: [{ detail: { size: [9] } }, { resources: ['a'] }] }, true],
    ['none of several patterns', { detail: { $or: [{ size: [9] }, { state: ['x'] }] } }, false],
  ])('fits %s', (_, wanted, isFitting) => {
    expect(fits(pattern.parse(wanted), event)).toBe(isFitting)
  })

  it.each<[string, unknown, string]>([
    ['nothing', {}, 'should name a field'],
    ['a comparison that nobody can make', { detail: { size: [{ numeric: ['>', 'a'] }] } }, 'should be'],
    ['two stars beside each other', { source: [{ wildcard: 'a**' }] }, 'no two'],
    ['no network', { detail: { ip: [{ cidr: '10.0.0.0' }] } }, 'should be'],
    ['a single alternative', { $or: [{ source: ['x'] }] }, '>=2'],
    ['a value without a list', { source: 'aws.s3' }, 'should be a list of values'],
  ])('is a mistake with %s', (_, wanted, message) => {
    expect(pattern.safeParse(wanted).error?.message).toContain(message)
  })
})
