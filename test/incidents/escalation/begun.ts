import { Story } from '../story.ts'

/** A story whose first layer has begun at 02:13. */
export function begun(...[changes]: ConstructorParameters<typeof Story>): Story {
  const story = new Story(changes)
  story.at('02:13').trigger()
  story.step()
  return story
}
