import { beforeEach, expect, it } from 'vitest'
import { PhoneLineStory } from './story.ts'

let line: PhoneLineStory

/** A call about two incidents that somebody listens to. */
beforeEach(() => {
  line = new PhoneLineStory()
  line.at('02:13').request('web')
  line.dialled()
  line.request('db')
  line.answered()
})

it('key 4 takes all that the call is about, for an hour', () => {
  expect(line.at('02:14').key('4')).toEqual(['acknowledge web until 03:14', 'acknowledge db until 03:14'])
})

it('pressed again, in the call or once it is over, it does not put off the end of the hour', () => {
  line.at('02:14').key('4')
  expect(line.at('02:15').key('4')).toEqual([])
  line.hungUp('answered')
  expect(line.at('02:20').key('4', 1)).toEqual([])
})

it('key 1 after it takes them for good', () => {
  line.at('02:14').key('4')
  expect(line.key('1')).toEqual(['acknowledge web', 'acknowledge db'])
  line.hungUp('answered')
  expect(line.key('1', 1)).toEqual(['acknowledge web', 'acknowledge db'])
})

it('key 4 after key 1 takes nothing back', () => {
  line.at('02:14').key('1')
  expect(line.key('4')).toEqual([])
})

it('pressed just before the call was over it counts', () => {
  line.hungUp('answered')
  line.at('02:13:05').deadline()
  expect(line.phoneLine?.call).toBeUndefined()
  expect(line.at('02:14').key('4', 1)).toEqual(['acknowledge web until 03:14', 'acknowledge db until 03:14'])
})
