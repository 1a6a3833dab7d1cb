import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { expect, it } from 'vitest'
import { lazyBundles } from '../../plugins/bundles/lazy.ts'
import { channels } from '../../shared/channels/registered/channels.ts'
import { voiceRoutes } from '../../shared/channels/registered/voice-routes.ts'
import { callersOf, sendersOf } from '../../shared/channels/senders.ts'

const root = join(import.meta.dirname, '../..')
const types = Object.keys(channels)

it('what page sends by is each type of channel, as its descriptor has it', async () => {
  const senders = await sendersOf(['none', ...types, 'dingtalk'])
  expect(Object.keys(senders)).toEqual(types)
  for (const [type, { limits, rateKey, send }] of Object.entries(senders))
    expect({ type, limits, rateKey, send }).toEqual({
      type,
      limits: channels[type]?.limits,
      rateKey: channels[type]?.rateKey,
      send: channels[type]?.send,
    })
})

it('what page calls by is each type of route, as its descriptor has it', async () => {
  const routes = Object.keys(voiceRoutes)
  const callers = await callersOf(['none', 'dingtalk', ...routes, 'connect'])
  expect(Object.keys(callers)).toEqual(routes)
  for (const [type, caller] of Object.entries(callers)) expect(voiceRoutes[type]).toMatchObject(caller)
})

it('page starts without the code of routes, and of channels that are loaded late', async () => {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['services/page/aws.ts'],
    outdir: 'unwritten',
    write: false,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    // What libraries bring is large, and none of it is a channel.
    packages: 'external',
    plugins: [lazyBundles()],
    metafile: true,
    logLevel: 'silent',
  })
  const [main] = Object.values(metafile.outputs).filter(({ entryPoint }) => entryPoint === 'services/page/aws.ts')
  const used = Object.entries(main?.inputs ?? {}).filter(([, { bytesInOutput }]) => bytesInOutput > 0)
  const folders = used.flatMap(([path]) => /^shared\/channels\/([\w-]+)\//.exec(path)?.[1] ?? [])
  expect(folders).toContain('dingtalk')
  const sends = types.filter((type) => existsSync(join(root, `shared/channels/${type}/${type}.sender.ts`)))
  expect(sends).toContain('slack')
  const late = [...sends, ...Object.keys(voiceRoutes), 'aliyun-voice']
  expect(folders.filter((folder) => late.includes(folder))).toEqual([])
})
