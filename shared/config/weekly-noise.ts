import * as z from 'zod'

/** Whether a project is told once a week of what came again and again. */
export const weeklyNoise = z.boolean().exactOptional().meta({
  description:
    'Its robots hear on Monday at 9 what has alerted three times or more in the week before; with false they do not.',
  zh: '每周一 9 点告知机器人过去一周触发过三次以上的各项；false 则不发。',
  default: true,
})
