import { expect, it } from 'vitest'
import { noticeNow, noticeOf } from '../../shared/incidents/notices.ts'
import { at } from '../messages/notices.ts'
import { Story } from './story.ts'

const lin = { contact: 'lin', name: 'lin' }
const wang = { contact: 'wang', name: 'wang' }

it('a message that was delayed says who is called when it goes out, and not who was', () => {
  const story = new Story()
  story.at('02:13').trigger()
  story.step()
  const opening = { calling: [lin], until: at('02:18'), next: [wang], rounds: 1, layers: 2 }
  const told = () => {
    const { calling, until, next } = noticeOf(story.incident ?? expect.fail(), 'opened', at('02:13'), opening)
    return { calling, until, next }
  }

  expect(told()).toEqual({ calling: [lin], until: at('02:18'), next: [wang] })
  story.at('02:18').step()
  expect(told()).toEqual({ calling: [wang], until: at('02:23'), next: [] })
  story.at('02:23').step()
  expect(story.phase).toBe('exhausted')
  expect(told()).toEqual({ calling: [], until: undefined, next: [] })
})

it('an opening that comes in a digest after everybody was tried says that nobody is called', () => {
  const story = new Story()
  story.at('02:13').trigger()
  story.step()
  const opening = { calling: [lin], until: at('02:18'), next: [wang], rounds: 1, layers: 2 }
  const told = (now: string) => {
    const { calling, until, next } = noticeNow(story.incident ?? expect.fail(), 'opened', at('02:13'), opening, at(now))
    return { calling, until, next }
  }

  expect(told('02:14')).toEqual({ calling: [lin], until: at('02:18'), next: [wang] })
  story.at('02:18').step()
  story.at('02:23').step()
  expect(story.phase).toBe('exhausted')
  expect(told('02:24')).toEqual({ calling: [], until: undefined, next: [] })
})
