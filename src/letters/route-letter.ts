import type { DirectoryStore } from '../directory/directory-store.ts';
import { isSecret, type Letter } from '../domain/letters/letter.ts';
import { hashLetter } from '../domain/routing/hashed-letter.ts';
import type { LinearClassifier } from '../domain/routing/linear-classifier.ts';
import { suggestLearnt, suggestUnits, type UnitSuggestion } from '../domain/routing/suggest-units.ts';
import { guessTopic, type TopicGuess } from '../domain/routing/topics.ts';

/** The shipped weights of the topics, from the root of the project; read when the program starts. */
export const TOPIC_WEIGHTS = 'src/letters/topic.weights.json';

/** What the office is shown of where a letter may belong; stored with it, and never changed by what is learnt later. */
export interface Routing {
  readonly suggestions: UnitSuggestion[];
  readonly topic: TopicGuess | null;
}

export function makeRouteLetter(deps: {
  directory: Pick<DirectoryStore, 'routingRules' | 'peopleOf' | 'units'>;
  topics: LinearClassifier;
  /** What the town's units were last learnt to deal with; null before the first night. */
  learntUnits: () => Promise<LinearClassifier | null>;
}) {
  const { directory, topics } = deps;
  return async (letter: Letter): Promise<Routing> => {
    const rules = await directory.routingRules();
    if (isSecret(letter)) {
      // The words of a report name whom it is about: only a supervisor's unit is suggested for it.
      const supervisors = await directory.peopleOf('supervisor');
      const suggestions = suggestUnits(letter, rules, []).filter(({ unit }) =>
        supervisors.some((person) => person.unit === unit),
      );
      return { suggestions, topic: null };
    }
    const hashed = hashLetter(letter);
    const learnt = await deps.learntUnits();
    const units = new Set((await directory.units()).map(({ id }) => id));
    // A unit may have gone since it was learnt.
    const still = learnt ? suggestLearnt(hashed, learnt).filter(({ unit }) => units.has(unit)) : [];
    return { suggestions: suggestUnits(letter, rules, still), topic: guessTopic(hashed, topics) };
  };
}

export type RouteLetter = ReturnType<typeof makeRouteLetter>;
