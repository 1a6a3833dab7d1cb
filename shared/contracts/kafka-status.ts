/** What a partition's commits say of its consumer, in order of badness. `ERR` is a group's alone, `BEYOND` is not Burrow's. */
export const kafkaStatuses = ['OK', 'WARN', 'ERR', 'STOP', 'STALL', 'REWIND', 'BEYOND'] as const
export type KafkaStatus = (typeof kafkaStatuses)[number]
