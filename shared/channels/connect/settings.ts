import * as z from 'zod'
import { ownNumber } from '../../contracts/own-number.ts'

/** What a configuration says of a route through Connect. */
export const settings = z.strictObject({
  instance: z
    .string()
    .min(1)
    .meta({ description: "The instance's id or ARN.", zh: '实例的 ID 或 ARN。', examples: ['${CONNECT_INSTANCE_ID}'] }),
  caller: ownNumber.meta({
    description: 'A number claimed to the instance, or the ${NAME} that will hold it.',
    zh: '实例中申领的号码，或存放它的 ${NAME}。',
    examples: ['+6531580000'],
  }),
  flow: z
    .string()
    .min(1)
    .optional()
    .meta({
      description: "The contact flow's id or ARN.",
      zh: '联系流的 ID 或 ARN。',
      absent: { en: 'the deployed one', zh: '部署的那个' },
      examples: ['${CONNECT_FLOW_ID}'],
    }),
})
export type ConnectSettings = z.infer<typeof settings>
