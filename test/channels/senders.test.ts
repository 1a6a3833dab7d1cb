import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { expect, it } from 'vitest'
import { lazyBundles } from '../../plugins/bundles/lazy.ts'
import { sendersOf, senderTypes } from '../../shared/channels/registry.senders.ts'
import { channels } from '../../shared/channels/registry.ts'

it('what page sends by is each type of channel, as its descriptor has it', async () => {
  expect(senderTypes).toEqual(Object.keys(channels))
  const senders = await sendersOf(['none', ...senderTypes, 'dingtalk'])
  expect(Object.keys(senders)).toEqual(senderTypes)
  for (const [type, { limits, rateKey, send }] of Object.entries(senders))
    expect({ type, limits, rateKey, send }).toEqual({
      type,
      limits: channels[type]?.limits,
      rateKey: channels[type]?.rateKey,
      send: channels[type]?.send,
    })
})

/** Those that page starts with: they were there before others were loaded late. */
const early = ['wecom-robot', 'dingtalk', 'feishu', 'smtp', 'tencent-sms']

it('page starts without the code of channels that are loaded late', async () => {
  const { metafile } = await build({
    absWorkingDir: fileURLToPath(new URL('../..', import.meta.url)),
    entryPoints: ['services/page/aws.ts'],
    outdir: 'unwritten',
    write: false,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    plugins: [lazyBundles()],
    metafile: true,
    logLevel: 'silent',
  })
  const [main] = Object.values(metafile.outputs).filter(({ entryPoint }) => entryPoint === 'services/page/aws.ts')
  const used = Object.entries(main?.inputs ?? {}).filter(([, { bytesInOutput }]) => bytesInOutput > 0)
  const folders = used.flatMap(([path]) => /^shared\/channels\/([\w-]+)\//.exec(path)?.[1] ?? [])
  expect(folders).toContain('dingtalk')
  const late = senderTypes.filter((type) => !early.includes(type))
  expect(folders.filter((folder) => late.includes(folder))).toEqual([])
})
