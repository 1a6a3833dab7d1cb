import * as z from 'zod'

/** What a configuration says of a route through Connect. */
export const settings = z.strictObject({
  instance: z.string().min(1).describe("The instance's id or ARN"),
  caller: z
    .string()
    .regex(/^(\+[1-9]\d{1,14}|\$\{\w+\})$/, 'must be E.164 and quoted, such as "+6531580000"')
    .describe('A number claimed to the instance, or the ${NAME} that will hold it'),
  flow: z.string().min(1).optional().describe("The contact flow's id or ARN. Default: the deployed one"),
})
export type ConnectSettings = z.infer<typeof settings>
