import { describe, expect, it } from 'vitest'
import { channels } from '../../../shared/channels/registered/channels.ts'
import { goneCodes } from '../../../shared/checks/account/applications.ts'
import { robotKinds } from '../../../shared/checks/account/robots.ts'

/** What trying again does not change. */
const forGood = [
  ...['no-such-sender', 'bad-credentials', 'sender-disabled', 'recipient-gone', 'security-setting', 'not-allowed'],
]

// A probe carries no channel, so this check knows of robots itself: it is held to what the channels know.
describe.each(Object.entries(robotKinds))('a robot of %s', (type, { variable, base, gone }) => {
  const channel = channels[type.replace('-app', '')]

  it('is asked where its channel posts to', () => {
    // Methods of Slack's Web API have a host of their own.
    expect({ variable, base: base.replace('//slack.', '//hooks.slack.') }).toEqual(channel?.url)
  })

  it.each(gone)('is gone by %s, which its channel takes as a refusal for good', (code) => {
    const meaning = channel?.errors.codes[code]
    expect(forGood).toContain(meaning?.class)
    expect(meaning?.afterMs).toBeUndefined()
  })
})

describe.each(Object.entries(goneCodes))('an application of %s', (type, gone) => {
  it.each(gone)('is gone by %s, which its channel takes as a refusal for good', (code) => {
    expect(forGood).toContain(channels[type]?.errors.codes[code]?.class)
  })
})
