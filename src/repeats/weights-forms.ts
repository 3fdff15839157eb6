import Joi from 'joi';
import type { Tree } from '../domain/repeats/boosted-trees.ts';
import { FEATURE_NAMES } from '../domain/repeats/pair-features.ts';
import type { SameMatterWeights, ScriptWeights } from '../domain/repeats/same-matter-weights.ts';

const number = Joi.number().required();

const tree: Joi.AlternativesSchema<Tree> = Joi.alternatives<Tree>(
  Joi.object({ adds: number }),
  Joi.object({
    feature: Joi.number()
      .integer()
      .min(0)
      .max(FEATURE_NAMES.length - 1)
      .required(),
    above: number,
    no: Joi.link('#tree').required(),
    yes: Joi.link('#tree').required(),
  }),
).id('tree');

const script = Joi.object<ScriptWeights>({
  trees: Joi.object({ bias: number, trees: Joi.array().items(tree).required() }).required(),
  thresholds: Joi.object({ same: number, perhaps: number, strict: number }).required(),
});

/** Only weights learnt with the features this program has. */
export const sameMatterWeights = Joi.object<SameMatterWeights>({
  version: Joi.string().required(),
  features: Joi.array()
    .ordered(...FEATURE_NAMES.map((name) => Joi.string().valid(name).required()))
    .required(),
  han: script.required(),
  latin: script.required(),
}).required();
