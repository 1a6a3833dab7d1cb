import { expect, test } from 'vitest'
import { standingOf } from '../../shared/messages/console/standing.ts'
import { pausingWords } from '../../shared/messages/pausing.ts'
import { reasonWording } from '../../shared/messages/reasons.ts'
import { timelineWords } from '../../shared/messages/timeline-words.ts'
import { notCalledText } from '../../shared/messages/why.ts'
import { words } from '../../shared/messages/words.ts'
import { Story } from '../incidents/story.ts'
import { at } from './notices.ts'

const { acknowledged, passed, closedTooSoon, outgrown, ...said } = words.zh
const { reopened, escalated, ...told } = timelineWords.zh
const { lapse, ackEnds } = pausingWords.zh
const ended = { layer: 1, ended: 'resolved', by: 'Lin', at: at('02:15') } as const

/** How an incident that somebody has taken, or closed, stands in the console. */
function standing(act: 'acknowledge' | 'resolveBy'): string {
  const story = new Story()
  story.trigger()
  story[act]('Lin')
  return story.incident ? standingOf(story.incident, at('02:15'), 'zh', 'Asia/Shanghai').text : ''
}

test.each([
  standing('acknowledge'),
  standing('resolveBy'),
  acknowledged('Lin', ''),
  passed('Lin', 'Wang'),
  closedTooSoon('Lin', '02:14'),
  outgrown('Lin', '警告', '02:14'),
  said.wasBefore('Lin'),
  said.notPlaced('Lin'),
  said.unplaced('Lin'),
  told.acknowledged('Lin'),
  told.resolved('Lin'),
  told.note('Lin', '看过'),
  escalated('Lin', { layer: 1, to: 'Wang', policy: 'dba' }),
  ...Object.values(reopened).map((say) => say('Lin')),
  ...Object.values(lapse).map((say) => say('Lin', '02:14')),
  ackEnds('Lin'),
  reasonWording['passed-on'].zh({ name: 'Lin' }, String),
  reasonWording.silenced.zh({ by: 'Lin', silence: 'S1', comment: '升级' }, String),
  notCalledText({ code: 'ended-before', args: ended }, 'zh', at('02:13'), 'Asia/Shanghai'),
])('%s', (sentence) => {
  expect(sentence).toContain('Lin')
  expect(sentence).not.toMatch(/[A-Za-z]\p{Script=Han}|\p{Script=Han}[A-Za-z]/u)
})
