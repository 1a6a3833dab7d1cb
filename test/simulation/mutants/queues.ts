import { editsOf, type Mutant } from './mutant.ts'

const consumer = 'shared/clouds/aws/sqs-consumer.ts'
const batch = 'shared/clouds/aws/sqs-each.ts'
const deadLetters = 'shared/clouds/aws/dead-letters.ts'
const remove = "      await sqs('DeleteMessage', { QueueUrl: deadLetterUrl, ReceiptHandle: message.ReceiptHandle })\n"
const resend = "      await sqs('SendMessage', {\n        QueueUrl: queueUrl,"

/** How messages are kept, refused, and tried again. */
export const queues: Mutant[] = [
  {
    name: 'k19',
    what: 'a message that is refused is not put where people find it',
    edits: editsOf(consumer, ['    await reject(record, record.body, error.fact, consumer)\n', '']),
  },
  {
    name: 'k20',
    what: 'a message that is to be kept is reported as done',
    edits: editsOf(batch, [
      '        await putBack(record, error)\n        return [record.messageId]\n',
      '        await putBack(record, error)\n        return []\n',
    ]),
  },
  {
    name: 'k21',
    what: 'a dead letter is deleted before it is sent again',
    edits: editsOf(deadLetters, [remove, ''], [resend, `${remove}${resend}`]),
  },
]
