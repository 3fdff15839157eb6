import Joi from 'joi';
import type { Tree } from '../domain/repeats/boosted-trees.ts';
import { FEATURES, type Script } from '../domain/repeats/pair-features.ts';
import type { SameMatterWeights, ScriptWeights } from '../domain/repeats/same-matter-weights.ts';

const number = Joi.number().required();

const treeOf = (script: Script): Joi.AlternativesSchema<Tree> =>
  Joi.alternatives<Tree>(
    Joi.object({ adds: number }),
    Joi.object({
      feature: Joi.number()
        .integer()
        .min(0)
        .max(FEATURES[script].length - 1)
        .required(),
      above: number,
      no: Joi.link('#tree').required(),
      yes: Joi.link('#tree').required(),
    }),
  ).id('tree');

const weightsOf = (script: Script): Joi.ObjectSchema<ScriptWeights> =>
  Joi.object<ScriptWeights>({
    trees: Joi.object({ bias: number, trees: Joi.array().items(treeOf(script)).required() }).required(),
    thresholds: Joi.object({ same: number, perhaps: number, strict: number }).required(),
  });

const namesOf = (script: Script) =>
  Joi.array()
    .ordered(...FEATURES[script].map(({ name }) => Joi.string().valid(name).required()))
    .required();

/** Only weights learnt with the features this program has. */
export const sameMatterWeights = Joi.object<SameMatterWeights>({
  version: Joi.string().required(),
  features: Joi.object({ han: namesOf('han'), latin: namesOf('latin') }).required(),
  han: weightsOf('han').required(),
  latin: weightsOf('latin').required(),
}).required();
