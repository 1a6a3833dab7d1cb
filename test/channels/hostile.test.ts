import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cast } from '../../cli/drill/cast.ts'
import { fenghuoYml } from '../../cli/drill/files.ts'
import { createJournal, type Journal } from '../../local/journal.ts'
import { localCredentials } from '../../local/resources.ts'
import { type Sandboxes, startSandboxes } from '../../local/sandboxes.ts'
import { withValues } from '../../shared/channels/references.ts'
import { channels } from '../../shared/channels/registered/channels.ts'
import { loadConfig } from '../../shared/config/load.ts'
import type { CompiledRoute } from '../../shared/contracts/compiled-config.ts'
import type { Notice } from '../../shared/incidents/notice.ts'
import { messageOf, opened } from '../messages/notices.ts'
import { ioWith } from './io.ts'

/** What somebody may write into the title of a check or an alert. */
const hostile: [string, string][] = [
  ['mentions of everybody', '<!channel> @everyone @all <@all> <at id=all></at> @所有人'],
  ['markup that is not closed', '**<b><font color="warning">[x](https://evil.example/`*_~|'],
  ['an HTML tag with a script', '</div><script>alert(1)</script><img src=x onerror=1>'],
  ['entities and quotes', '&lt;b&gt; & "quoted" \'single\' \\ ${x} {1}'],
  ['line breaks and controls', 'a\r\nBcc: all@example.com\u0000\u202e\u2028b'],
  ['an emoji of many characters', '👩‍👩‍👧‍👦'.repeat(60)],
  ['half a character', '\ud83d'],
  ['nothing but spaces', ' \t '],
  ['the longest title there is', '长'.repeat(5_000)],
]

/** What Lambda gives a function of its role. */
const role = {
  AWS_ACCESS_KEY_ID: localCredentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: localCredentials.secretAccessKey,
}

let sandboxes: Sandboxes
let journal: Journal
let now: number

/** Every channel there is, by its descriptor's example, each with its vendor's simulator: that refuses what the vendor would. */
beforeAll(async () => {
  const { config } = loadConfig(fenghuoYml('http://127.0.0.1:1/', cast), 'fenghuo.yml')
  if (config === undefined) throw new Error('no configuration')
  journal = createJournal()
  const { phone: _, ...messages } = config.channels
  sandboxes = await startSandboxes({
    config: { ...config, channels: messages },
    env: {},
    region: 'ap-southeast-1',
    journal,
    now: () => now,
    speaking: false,
    invokeLambda: async () => ({}),
    emit: async () => {},
    postReceipts: async () => {},
  })
})
afterAll(() => sandboxes.stop())

const settingsOf = (type: string): unknown => {
  const all = Object.values(sandboxes.config.channels).flatMap(({ type: own, settings }) => {
    const { routes = [] } = Object(settings) as { routes?: CompiledRoute[] }
    return [{ type: own, settings }, ...routes]
  })
  return withValues(all.find((one) => one.type === type)?.settings, sandboxes.env).value
}

describe.each(Object.keys(channels))('%s', (type) => {
  test.each(hostile)('takes %s, and is refused nothing', async (_, text) => {
    const index = hostile.findIndex(([, one]) => one === text)
    // Some vendors take five in a second, some one in half a minute to a number; signatures live for minutes.
    now = Date.now() + index * 10_000
    const notice: Notice = {
      ...opened,
      title: text,
      projectTitle: text,
      summary: text,
      source: text,
      calling: [{ contact: 'lin', name: text }],
      sightings: opened.sightings.map((one) => ({ ...one, detail: text })),
    }
    const isMainland = channels[type]?.notTo?.includes('+86') !== true
    const target = { phone: `${isMainland ? '+86138' : '+6590'}0000000${index}`, email: 'lin@example.com', people: {} }
    const delivery = await channels[type]?.send(
      messageOf(notice),
      target,
      settingsOf(type),
      ioWith({ ...sandboxes.env, ...role }, { now: () => now }),
    )
    expect(delivery).toMatchObject({ status: 'sent' })
    const [shown] = journal.messages()
    expect(shown).not.toHaveProperty('refused')
    expect(shown?.text.isWellFormed()).toBe(true)
    expect(shown?.text).not.toContain('\u202e')
  })
})
