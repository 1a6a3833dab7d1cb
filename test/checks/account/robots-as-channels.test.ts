import { describe, expect, it } from 'vitest'
import { channels } from '../../../shared/channels/registered/channels.ts'
import { robotKinds } from '../../../shared/checks/account/robots.ts'

/** What trying again does not change. */
const forGood = [
  ...['no-such-sender', 'bad-credentials', 'sender-disabled', 'recipient-gone', 'security-setting', 'not-allowed'],
]

// A probe carries no channel, so this check knows of robots itself: it is held to what the channels know.
describe.each(Object.entries(robotKinds))('a robot of %s', (type, { variable, base, gone }) => {
  const channel = channels[type]

  it('is asked where its channel posts to', () => {
    expect({ variable, base }).toEqual(channel?.url)
  })

  it.each(gone)('is gone by %s, which its channel takes as a refusal for good', (code) => {
    const meaning = channel?.errors.codes[code]
    expect(forGood).toContain(meaning?.class)
    expect(meaning?.afterMs).toBeUndefined()
  })
})
