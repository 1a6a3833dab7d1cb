import { expect, test } from 'vitest'
import { readSource } from '../../local/place.ts'

interface Definition {
  events?: Record<string, unknown>[]
  maximumRetryAttempts?: number
  maximumEventAge?: number
}

test.each([
  ['serverless.yml', ['probe', 'watch', 'region-health']],
  ['serverless.probe.yml', ['probe']],
  ['serverless.tell.yml', []],
  ['serverless.tencent.yml', ['uptime', 'latency', 'kafka']],
  ['serverless.aliyun.yml', ['uptime', 'latency', 'kafka', 'receipts']],
])('a run of %s that fails or comes late is left out: the next one is as good', (file, timed) => {
  const { functions } = readSource(file).data as { functions: Record<string, Definition> }
  const scheduled = Object.entries(functions).filter(([, { events = [] }]) =>
    events.some((event) => 'schedule' in event),
  )
  const settings = scheduled.map(([name, { maximumRetryAttempts, maximumEventAge }]) => [
    name,
    { maximumRetryAttempts, maximumEventAge },
  ])
  expect(settings).toEqual(timed.map((name) => [name, { maximumRetryAttempts: 0, maximumEventAge: 60 }]))
})
