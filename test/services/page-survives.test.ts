import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it, onTestFinished } from 'vitest'
import { canaryIn } from '../../shared/store/canary.ts'
import { startAws } from '../engine/aws.ts'
import { config } from '../engine/world.ts'

/** `page` in a process of its own, as Lambda runs it: a listener throws while its messages are being taken. The last line is its answer. */
const PROCESS = `
import { handler } from './services/page/aws.ts'
setTimeout(() => { throw new Error('in a listener') }, 0)
const context = { awsRequestId: 'request', getRemainingTimeInMillis: () => 15_000 }
console.log(JSON.stringify(await handler(JSON.parse(process.argv[1]), context)))`

it('what a listener throws ends none of the messages that are being taken beside it', async () => {
  const aws = await startAws(config())
  onTestFinished(() => aws.stop())
  const at = Date.now()
  await aws.send('escalation', JSON.stringify({ v: 1, kind: 'canary', at }))
  const batch = JSON.stringify(aws.batch(await aws.receive('escalation')))

  const env = { ...process.env, ...aws.env }
  const page = promisify(execFile)(process.execPath, ['--input-type=module', '-e', PROCESS, batch], { env })
  const lines = (await page).stdout.trim().split('\n')
  expect(lines[0]).toContain('in a listener')
  expect(JSON.parse(lines.at(-1) ?? '')).toEqual({ batchItemFailures: [] })
  expect(await canaryIn(aws)).toMatchObject({ at })
})
