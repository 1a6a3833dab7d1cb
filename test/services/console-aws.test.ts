import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { wire } from '../../services/console/aws.ts'
import { contactsTable } from '../../shared/clouds/aws/contacts-table.ts'
import { dynamoDb } from '../../shared/clouds/aws/dynamodb.ts'
import { feedPath } from '../../shared/oncall/feed-address.ts'
import { context, startAws } from '../engine/aws.ts'
import { config, directory } from '../engine/world.ts'

const TOKEN = 'a-token-of-a-program-that-reads'
const sre = { timezone: 'Asia/Shanghai', rotation: ['lin', 'wang'], handoff: 'Mon 10:00', start: '2026-11-16' }

it('who is on call can be subscribed to, at the function that answers calendars', async () => {
  const access = [{ role: 'viewer' as const, tokens: [TOKEN] }]
  const aws = await startAws(config({ console: { access } }))
  onTestFinished(() => aws.stop())
  const root = await mkdtemp(join(tmpdir(), 'fenghuo-console-'))
  onTestFinished(() => rm(root, { recursive: true }))
  await writeFile(join(root, 'assets.json'), JSON.stringify({ style: 's', script: 'j', icon: 'i', files: {} }))
  const table = contactsTable(dynamoDb(aws.env), aws.env.CONTACTS_TABLE ?? '')
  await table.write('pay', { ...directory, schedules: { sre } })

  const answer = (await wire({
    ...aws.env,
    LAMBDA_TASK_ROOT: root,
    CONSOLE_ASSETS: 'assets.json',
    ACKNOWLEDGE_URL: 'https://calls.example.com/',
  })(
    {
      rawPath: '/oncall',
      headers: { host: 'console.example.com', authorization: `Bearer ${TOKEN}` },
      requestContext: { http: { method: 'GET' } },
    },
    context,
  )) as { statusCode: number; body: string }

  expect(answer.statusCode).toBe(200)
  const text = Buffer.from(answer.body, 'base64').toString()
  expect(text).toContain(`href="https://calls.example.com${feedPath({ project: 'pay', name: 'sre' }, 'secret')}"`)
})
