import * as z from 'zod'
import { wrong } from '../contracts/mistake.ts'
import type { SenderBounds } from '../contracts/sender-bounds.ts'
import type { Reader } from './reader.ts'

/** IAM User Guide, "IAM identifiers", unique IDs: of users and roles. */
const uniqueId = z.string().regex(
  /^A(IDA|ROA)[A-Z0-9]{12,124}$/,
  wrong('no-unique-id', {
    en: 'is not the unique id of an IAM user or role, such as AIDACKCEVSQ6C2EXAMPLE: `aws iam get-user --query User.UserId` tells it',
    zh: '不是 IAM 用户或角色的唯一 ID（如 AIDACKCEVSQ6C2EXAMPLE）：`aws iam get-user --query User.UserId` 可以查到',
  }),
)

/** What a sender may say on the events queue. */
export const senderBounds = z.strictObject({
  projects: z
    .array(z.string().min(1))
    .default([])
    .meta({
      description: 'Projects whose alerts and heartbeats it sends.',
      zh: '它发送哪些项目的告警和心跳。',
      examples: [['pay']],
    }),
  vantages: z
    .array(z.string().min(1))
    .default([])
    .meta({
      description: 'Vantages, by their short names, whose reports it sends.',
      zh: '它发送哪些观测点（短名）的上报。',
      examples: [['gz']],
    }),
})

/** The section `senders`: by unique id, for which projects and vantages (short names) it speaks. Mistakes go to the reader. */
export function readSenders(reader: Reader): Record<string, SenderBounds> {
  const senders: Record<string, SenderBounds> = {}
  for (const id of reader.names(uniqueId, ['senders'])) {
    const path = ['senders', id]
    reader.lookUp([...path, 'projects'], 'project', reader.keys(['projects']))
    reader.lookUp([...path, 'vantages'], 'vantage', reader.keys(['vantages']))
    const read = reader.read(senderBounds, path)
    if (read !== undefined) senders[id] = read
  }
  return senders
}
