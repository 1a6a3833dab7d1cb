import { describe, expect, test } from 'vitest'
import { resolveSettings } from '../../shared/channels/references.ts'
import { channels } from '../../shared/channels/registered/channels.ts'
import { voiceRoutes } from '../../shared/channels/registered/voice-routes.ts'
import { routeFor } from '../../shared/contracts/route-for.ts'

/** A reference as it is written in a configuration. */
const ref = (name: string): string => `\${${name}}`

describe('references to the environment', () => {
  const settings = {
    key: ref('WECOM_KEY'),
    list: [{ url: `https://${ref('HOST')}:${ref('PORT')}/` }],
    port: 25,
    off: false,
    none: null,
  }

  test('are replaced wherever a string is', () => {
    expect(resolveSettings(settings, { WECOM_KEY: 'k', HOST: 'h', PORT: '1' })).toEqual({
      key: 'k',
      list: [{ url: 'https://h:1/' }],
      port: 25,
      off: false,
      none: null,
    })
    expect(settings.key).toBe(ref('WECOM_KEY'))
  })

  test('a value that looks like a reference is not replaced again', () => {
    expect(resolveSettings({ key: ref('A') }, { A: `${ref('B')}$1` })).toEqual({ key: `${ref('B')}$1` })
  })

  test('every unset or empty one is named with its place', () => {
    expect(() => resolveSettings(settings, { HOST: 'h', PORT: '' }, 'channels.wecom')).toThrow(
      'environment variables not set: WECOM_KEY (channels.wecom.key), PORT (channels.wecom.list[0].url)',
    )
  })
})

describe('routes of a number', () => {
  const route = (to: string, type: string) => ({ to, type, settings: {} })
  const routes = [route('+', 'first'), route('+', 'second'), route('+86', 'mainland'), route('+852', 'hongkong')]
  const types = (phone: string) => routeFor(routes, phone).map(({ type }) => type)

  test('the longest prefix first, then as listed', () => {
    expect(types('+8613800000001')).toEqual(['mainland', 'first', 'second'])
    expect(types('+85290000000')).toEqual(['hongkong', 'first', 'second'])
    expect(types('+6590000003')).toEqual(['first', 'second'])
    expect(routeFor([route('+86', 'mainland')], '+6590000003')).toEqual([])
  })

  test('the configuration keeps its order', () => {
    expect(routes.map(({ to }) => to)).toEqual(['+', '+', '+86', '+852'])
  })
})

describe('the registry', () => {
  test('has every channel and route under its own type', () => {
    for (const [type, channel] of Object.entries(channels)) expect(channel.type).toBe(type)
    for (const [type, route] of Object.entries(voiceRoutes)) expect(route.type).toBe(type)
  })

  test.each([...Object.values(channels), ...Object.values(voiceRoutes)])('has an example of $type', (descriptor) => {
    expect(descriptor.settings.safeParse(descriptor.example).success).toBe(true)
  })

  test.each([
    ['wecom-robot', { key: ref('WECOM_KEY') }, true],
    ['wecom-robot', { key: '' }, false],
    ['wecom-robot', { key: 'k', kee: 'x' }, false],
    ['dingtalk', { token: 't' }, true],
    ['dingtalk', { token: 't', secret: ref('S') }, true],
    ['tencent-sms', { app: '1400006666', sign: '示例科技', templates: { page: '1', resolved: '2' } }, true],
    ['tencent-sms', { app: '1400006666', templates: { page: '1' } }, false],
    ['smtp', { host: 'smtp.example.com', port: 587, from: 'oncall@example.com' }, true],
    ['smtp', { host: 'smtp.example.com', port: 587, from: 'oncall@example.com', user: 'u' }, false],
  ])('%s takes %o: %s', (type, settings, valid) => {
    expect(channels[type]?.settings.safeParse(settings).success).toBe(valid)
  })
})
