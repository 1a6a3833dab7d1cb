import { describe, expect, test } from 'vitest'
import { properties, template } from './sample.ts'
import { ofType, referencesIn, roleGrants, roleOf } from './template.ts'

/** The queues and the tables. */
export function storeTests(): void {
  describe('queues', () => {
    test('are encrypted, keep messages for 14 days, and have a DLQ or are one', () => {
      const queues = ofType(template, 'AWS::SQS::Queue')
      const targets = new Set(
        queues.flatMap(([, queue]) => referencesIn(queue.Properties.RedrivePolicy).map(({ id }) => id)),
      )
      expect([...targets].sort()).toEqual(['AwsEventsDlq', 'EscalationDlq', 'EventsDlq', 'SubscribersDlq'])
      for (const [id, queue] of queues) {
        expect(queue.Properties, id).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 })
        if (!targets.has(id)) expect(queue.Properties, id).toMatchObject({ RedrivePolicy: { maxReceiveCount: 100 } })
      }
    })

    test('hide a message longer than its function may take, and take back the ones that failed', () => {
      const mappings = ofType(template, 'AWS::Lambda::EventSourceMapping')
      expect(mappings).toHaveLength(5)
      for (const [id, mapping] of mappings) {
        const [queue] = referencesIn(mapping.Properties.EventSourceArn)
        const [fn] = referencesIn(mapping.Properties.FunctionName)
        expect(mapping.Properties, id).toMatchObject({
          FunctionResponseTypes: ['ReportBatchItemFailures'],
          BatchSize: 10,
          MaximumBatchingWindowInSeconds: 0,
          // No page of the sample has subscribers.
          Enabled: queue?.id !== 'SubscribersQueue',
        })
        expect(properties(queue?.id ?? '').VisibilityTimeout).toBeGreaterThan(Number(properties(fn?.id ?? '').Timeout))
      }
    })

    test('may lead to themselves again and again: an escalation has more than 16 steps', () => {
      const loops = ofType(template, 'AWS::Lambda::EventSourceMapping').flatMap(([, { Properties }]) => {
        const [queue] = referencesIn(Properties.EventSourceArn)
        const fn = template.Resources[referencesIn(Properties.FunctionName)[0]?.id ?? ''] ?? expect.unreachable()
        const sends = roleGrants(roleOf(template, fn)).filter(({ action }) => action === 'sqs:SendMessage')
        const isLoop = sends.some(({ resource }) => referencesIn(resource)[0]?.id === queue?.id)
        return isLoop ? [{ queue: queue?.id, loop: fn.Properties.RecursiveLoop }] : []
      })
      // What evaluate parts or puts aside comes back to it twice at most.
      const twice = ['EventsQueue', 'OverflowQueue'].map((queue) => ({ queue, loop: undefined }))
      expect(loops).toEqual(expect.arrayContaining([{ queue: 'EscalationQueue', loop: 'Allow' }, ...twice]))
      expect(loops).toHaveLength(3)
    })
  })

  describe('tables', () => {
    test('can be restored, are encrypted, outlive the stack, and let old data go', () => {
      const tables = ofType(template, 'AWS::DynamoDB::Table')
      expect(tables.map(([id]) => id).sort()).toEqual([
        'ChecksTable',
        'ContactsTable',
        'IncidentsTable',
        'RegionsTable',
      ])
      for (const [id, table] of tables) {
        expect(table, id).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' })
        expect(table.Properties, id).toMatchObject({
          BillingMode: 'PAY_PER_REQUEST',
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          SSESpecification: { SSEEnabled: true },
        })
        // Contacts are people's own data, and which region serves is asked for each caller: they stay until somebody removes them.
        const expires = ['ContactsTable', 'RegionsTable'].includes(id)
          ? undefined
          : { AttributeName: 'expiresAt', Enabled: true }
        expect(table.Properties.TimeToLiveSpecification, id).toEqual(expires)
      }
    })

    test('declare exactly the attributes that their keys use', () => {
      for (const [id, { Properties }] of ofType(template, 'AWS::DynamoDB::Table')) {
        const declared = (Properties.AttributeDefinitions as { AttributeName: string }[]).map(
          (each) => each.AttributeName,
        )
        const keys = JSON.stringify([Properties.KeySchema, Properties.GlobalSecondaryIndexes ?? []])
        const used = [...keys.matchAll(/"AttributeName":"(\w+)"/g)].map((match) => match[1])
        expect(declared.sort(), id).toEqual([...new Set(used)].sort())
      }
    })
  })
}
