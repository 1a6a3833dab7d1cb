import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { GetQueueAttributesCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import { type Stack, startStack } from '../../local/stack.ts'
import { sqsClient } from '../../shared/clouds/aws/clients.ts'
import { dynamoDb } from '../../shared/clouds/aws/dynamodb.ts'
import { dynamoTable } from '../../shared/clouds/aws/table.ts'
import type { Player } from './cast.ts'
import { check, fenghuoYml, oncallYml } from './files.ts'
import { playPhone, post } from './local-console.ts'
import { localEnv } from './local-env.ts'
import { stageEventOf } from './stack-event.ts'
import type { Stage, StageEvent } from './stage.ts'
import { stormMessages } from './storm.ts'
import { type DrillTarget, startTarget } from './target.ts'
import { watchTables } from './watch-tables.ts'

export interface LocalStage extends Stage {
  /** The page on which its phones ring: whoever likes may watch, and press a key. */
  phonesAt: string
  /** Ends everything that was started. */
  stop(): Promise<void>
}

interface LocalStageOptions {
  /** The project's folder. */
  root: string
  /** A folder for this rehearsal alone: its files, queues, tables and logs. */
  dataDir: string
  cast: Player[]
  now(): number
}

/** Starts a local stack with free ports and its own data, and a server for it to watch. */
export async function startLocalStage(options: LocalStageOptions): Promise<LocalStage> {
  const target = await startTarget()
  try {
    return stageOf(await startOwnStack(target, options), target, options.now)
  } catch (error) {
    await target.takeDown()
    throw error
  }
}

/** With an empty environment every channel goes to its sandbox, whatever credentials the user has: nobody real is called. */
function startOwnStack(target: DrillTarget, { root, dataDir, cast, now }: LocalStageOptions): Promise<Stack> {
  const config = join(dataDir, 'fenghuo.yml')
  const oncall = join(dataDir, 'oncall.yml')
  writeFileSync(config, fenghuoYml(target.url, cast))
  writeFileSync(oncall, oncallYml(cast))
  return startStack({ root, dataDir, port: 0, config, oncall, env: {}, now, interactive: false })
}

function stageOf(stack: Stack, target: DrillTarget, now: () => number): LocalStage {
  const { console: url, queues, tables, probes } = stack.addresses
  const env = localEnv(stack.addresses)
  const dynamodb = dynamoDb(env)
  const queueClient = sqsClient(env)
  const table = (name: string) => dynamoTable(dynamodb, tables[name] ?? '')
  let stopWatching = async () => {}
  let tell: (event: StageEvent) => void = () => {}

  async function waitingIn(QueueUrl: string | undefined): Promise<number> {
    const AttributeNames = ['ApproximateNumberOfMessages' as const]
    const { Attributes } = await queueClient.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }))
    return Number(Attributes?.ApproximateNumberOfMessages)
  }

  return {
    phonesAt: `${url}/phones`,
    listen(listener) {
      stack.journal.listen((event) => {
        const meaning = stageEventOf(event)
        if (meaning !== undefined) listener(meaning)
      })
      tell = listener
      stopWatching = watchTables({ incidents: table('incidents'), checks: table('checks') }, check, {
        now,
        tell: listener,
      })
    },
    async takeDown() {
      await target.takeDown()
      tell({ type: 'target', at: now(), is: 'down' })
    },
    async bringUp() {
      await target.bringUp()
      tell({ type: 'target', at: now(), is: 'up' })
    },
    async rage(action) {
      if (action === 'trigger') tell({ type: 'storm', at: now(), is: 'raging' })
      for (const message of stormMessages(action))
        await queueClient.send(
          new SendMessageCommand({ QueueUrl: queues.events, MessageBody: JSON.stringify(message) }),
        )
    },
    async probe() {
      await Promise.all(Object.keys(probes).map((name) => post(`${url}/_local/invoke/${name}`, { all: true })))
    },
    phone: (call, action) => playPhone(url, call, action),
    async deadLetters() {
      const counts = await Promise.all([waitingIn(queues.eventsDlq), waitingIn(queues.escalationDlq)])
      return counts.reduce((sum, count) => sum + count, 0)
    },
    async stop() {
      await stopWatching()
      queueClient.destroy()
      await stack.stop()
      await target.takeDown()
    },
  }
}
