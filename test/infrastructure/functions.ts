import { globSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type AssetNames, packedName } from '../../services/console/assets.ts'
import { zipOf } from './packaged.ts'
import { functions, packaged, properties, template } from './sample.ts'
import { environmentOf, ofType, referencesIn, roleGrants, roleOf } from './template.ts'

/** What each function is, carries and is called by. */
export function functionTests(): void {
  describe('functions', () => {
    test('run on Node 24 and arm64, without reserved concurrency', () => {
      expect(functions().map(([id]) => id)).toHaveLength(10)
      for (const [id, fn] of functions()) {
        expect(fn.Properties, id).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] })
        expect(fn.Properties, id).not.toHaveProperty('ReservedConcurrentExecutions')
      }
    })

    test('have a log group that forgets', () => {
      const groups = ofType(template, 'AWS::Logs::LogGroup').map(([, group]) => group.Properties)
      expect(groups.map((group) => group.LogGroupName).sort()).toEqual(
        functions()
          .map(([, fn]) => `/aws/lambda/${fn.Properties.FunctionName}`)
          .sort(),
      )
      for (const group of groups) expect(group.RetentionInDays).toBe(30)
    })

    test('have lines of JSON in it, and none of Lambda’s own of what went well', () => {
      for (const [id, { Properties }] of functions())
        expect(Properties.LoggingConfig, id).toEqual({ LogFormat: 'JSON', SystemLogLevel: 'WARN' })
    })

    test('that run every minute are not repeated when they fail: the next minute does as well', () => {
      const timers = ofType(template, 'AWS::Events::Rule').filter(([, rule]) => rule.Properties.ScheduleExpression)
      const timed = timers.map(([, rule]) => referencesIn(rule.Properties.Targets)[0]?.id ?? '')
      expect(timed.sort()).toEqual(['ProbeLambdaFunction', 'RegionDashhealthLambdaFunction', 'WatchLambdaFunction'])
      for (const [, rule] of timers)
        expect(rule.Properties).toMatchObject({ ScheduleExpression: 'rate(1 minute)', State: 'ENABLED' })
      for (const id of timed) {
        expect(properties(id).Timeout).toBeLessThanOrEqual(60)
        const settings = ofType(template, 'AWS::Lambda::EventInvokeConfig').map(([, each]) => each.Properties)
        expect(settings).toContainEqual(
          expect.objectContaining({ FunctionName: { Ref: id }, MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 }),
        )
      }
    })

    test('load from their zip, with nothing around them', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'fenghuo-zip-'))
      onTestFinished(() => rm(folder, { recursive: true }))
      const ofPath = ['probe', 'evaluate', 'page', 'acknowledge', 'heartbeat', 'ingest', 'watch', 'console']
      for (const name of [...ofPath, 'region-health', 'region-lookup']) {
        const file = join(folder, `${name}.cjs`)
        await writeFile(file, zipOf(packaged, name).get(`services/${name}/aws.js`) ?? '')
        expect(createRequire(file)(file), name).toMatchObject({ handler: expect.any(Function) })
      }
    })

    test('that show pages carry what browsers load', () => {
      const zip = zipOf(packaged, 'console')
      const file = String(
        environmentOf(template.Resources.ConsoleLambdaFunction ?? expect.unreachable()).CONSOLE_ASSETS,
      )
      const names = JSON.parse(String(zip.get(file))) as AssetNames
      for (const name of Object.values(names))
        expect(zip.get(join(dirname(file), packedName(name)))?.length, name).toBeGreaterThan(200)
    })

    test('that probe carry no validation library', () => {
      expect(zipOf(packaged, 'probe').get('services/probe/aws.js')?.includes('ZodError')).toBe(false)
      expect(zipOf(packaged, 'evaluate').get('services/evaluate/aws.js')?.includes('ZodError')).toBe(true)
    })

    test('carry their part of the configuration, and the variables that it refers to', () => {
      const late = globSync('shared/channels/*/*.{sender,receipt-of,caller}.ts').map((file) => basename(file, '.ts'))
      const subscribers = ['subscriber-mail', 'subscriber-webhook', 'tell-subscriber']
      // What packages load late themselves, in what we load late.
      const ofPackages = ['bowser', 'event-streams', 'nodemailer']
      const loadedBy: Record<string, string[]> = {
        probe: [
          ...['certificate-fault', 'http2-exchange', 'redirect', 'repair-head', 'wide-context'],
          ...['last-resort', 'read-stored', 'smtp.last-resort', 'wecom-robot.last-resort'],
        ].map((one) => `services/probe/aws.${one}.js`),
        evaluate: ['matcher', 'pause-for', 'silenced', 'windows'].map((one) => `services/evaluate/aws.${one}.mjs`),
        page: [
          ...subscribers,
          'silenced',
          'take-silence',
          'read-stored',
          'send-letter',
          'send-mail',
          ...late,
          ...ofPackages,
        ].map((one) => `services/page/aws.${one}.mjs`),
      }
      const [probe, evaluate, page] = ['probe', 'evaluate', 'page'].map((name) => {
        const files = zipOf(packaged, name)
        const loaded = loadedBy[name] ?? []
        const expected = [`.build/config/${name}.json`, `services/${name}/aws.js`, ...loaded]
        // What several late files share, and what they load themselves, has a hash in its name; the first of these is a chunk.
        const named = [...files.keys()].map((path) => path.replace(/-[A-Z0-9]{8}(?=[.]mjs$)/, ''))
        expect(named.filter((path) => !path.endsWith('/aws.chunk.mjs')).sort()).toEqual(expected.sort())
        return JSON.parse(files.get(`.build/config/${name}.json`)?.toString() ?? '')
      })
      expect(probe.checks.map((check: { id: string }) => check.id)).toEqual(['demo/web'])
      expect(evaluate.checks.map((check: { id: string }) => check.id).sort()).toEqual(['demo/inside', 'demo/web'])
      expect(Object.keys(page.policies)).toEqual(['default'])

      expect(environmentOf(template.Resources.PageLambdaFunction ?? expect.unreachable())).toMatchObject({
        CONNECT_INSTANCE_ID: '11111111-2222-3333-4444-555555555555',
        FENGHUO_SECRETS: '/fenghuo/dev',
        FENGHUO_CONFIG: '.build/config/page.json',
      })
    })

    test('have no secret in the template: who needs one may read it from its store, and nothing else there', () => {
      expect(JSON.stringify(template)).not.toContain('a-robot')
      const readers = functions().filter(([, fn]) => environmentOf(fn).FENGHUO_SECRETS !== undefined)
      expect(readers.map(([id]) => id)).toEqual(['ProbeLambdaFunction', 'PageLambdaFunction'])
      const page = template.Resources.PageLambdaFunction ?? expect.unreachable()
      const names = roleGrants(roleOf(template, page)).flatMap(({ action, resource }) => {
        const [, name] = /parameter\/fenghuo\/dev\/([A-Z]\w+)"/.exec(JSON.stringify(resource)) ?? []
        return action === 'ssm:GetParameters' && name !== undefined ? [name] : []
      })
      expect(names).toContain('WECOM_KEY')
      expect(packaged.output).toContain(`page reads from /fenghuo/dev/: ${names.join(', ')}`)
    })
  })
}
