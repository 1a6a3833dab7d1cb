import { expect, it } from 'vitest'
import { answerCalendar } from '../../services/acknowledge/calendar.ts'
import { urlRequestOf } from '../../shared/clouds/aws/function-url.ts'
import { feedPath } from '../../shared/oncall/feed-address.ts'
import type { Directory } from '../../shared/oncall/plan.ts'

const directory: Directory = {
  contacts: { lin: { name: '林悦' } },
  schedules: { sre: { rotation: ['lin'], handoff: 'Mon 10:00', timezone: 'Asia/Shanghai', start: '2026-11-23' } },
  overrides: [],
}
const path = feedPath({ project: 'pay', name: 'sre' }, 'secret')

function ask(rawPath: string, method = 'GET', read: () => Promise<Directory> = async () => directory) {
  const logged: unknown[] = []
  const request = urlRequestOf({ rawPath, requestContext: { http: { method } } })
  const deps = {
    language: 'zh' as const,
    directory: read,
    now: () => Date.parse('2026-11-25T00:00:00Z'),
    log: (line: unknown) => void logged.push(line),
  }
  return answerCalendar(request, 'secret', deps).then((answer) => ({ ...answer, logged }))
}

it('a signed address answers with the calendar', async () => {
  const { statusCode, headers, body } = await ask(path)
  expect([statusCode, headers['content-type']]).toEqual([200, 'text/calendar; charset=utf-8'])
  expect(body).toContain('\r\nSUMMARY:sre: 林悦\r\n')
})

it.each([
  [path.replace('.ics', 'x.ics'), 'GET', 404, 'a token that is not ours'],
  [feedPath({ project: 'pay', name: 'dba' }, 'secret'), 'GET', 404, 'a schedule that is no more'],
  [path, 'POST', 405, 'something to be kept'],
])('%s by %s is %d: %s', async (rawPath, method, statusCode, _reason) => {
  expect(await ask(rawPath, method)).toMatchObject({ statusCode, logged: [] })
})

it('a table that fails is told, and asked again later', async () => {
  const answer = await ask(path, 'GET', () => Promise.reject(new Error('throttled')))
  expect(answer).toMatchObject({ statusCode: 503, logged: [{ event: 'calendar', error: 'Error: throttled' }] })
})
