import * as z from 'zod'

/** The keys by which a check that connects says something and expects something. */
export const answerKeys = {
  send: z
    .string()
    .min(1)
    .exactOptional()
    .meta({
      description: "Sent when the connection is open; in double quotes \\r\\n is a line's end.",
      zh: '连接建立后发送的内容；在双引号里 \\r\\n 是换行。',
      examples: ['PING\r\n'],
    }),
  expect: z
    .string()
    .min(1)
    .exactOptional()
    .meta({
      description: 'Text that the answer (or the greeting) holds, in its first 64 KiB.',
      zh: '应答（或问候）前 64 KiB 中包含的文本。',
      examples: ['+PONG'],
    }),
}
