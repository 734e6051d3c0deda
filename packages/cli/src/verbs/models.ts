import { MODELS_FLAG } from '../models/root.ts';
import type { Verb, VerbGroup } from '../verb.ts';

const list: Verb = {
  name: 'list',
  summary: 'the models under the folder of models',
  positionals: [],
  flags: MODELS_FLAG,
  examples: [['list', 'one line per model under models/']],
  load: () => import('../models/list.ts'),
};
const show: Verb = {
  name: 'show',
  summary: 'card and graph of one model',
  positionals: [{ name: 'model', summary: "a model's id, enough of its start, or its folder", required: true }],
  flags: MODELS_FLAG,
  examples: [['show ema-filter', 'inputs, training, metrics, parity']],
  load: () => import('../models/show.ts'),
};
const verify: Verb = {
  name: 'verify',
  summary: 'read models through and hold their engines against each other; exit code 1 when something is wrong',
  positionals: [{ name: 'models-to-check', summary: 'ids or folders; all when left out', required: false, many: true }],
  flags: MODELS_FLAG,
  examples: [['verify', 'hashes, inputs, and 20,000 rows through walker and ONNX Runtime']],
  load: () => import('../models/verify.ts'),
};
const importVerb: Verb = {
  name: 'import',
  summary: 'take over a binary classifier that another tool exported to ONNX, after a trial run',
  positionals: [{ name: 'file', summary: 'the .onnx file', required: true }],
  flags: {
    ...MODELS_FLAG,
    name: { type: 'string', summary: 'name of the model: a-z, 0-9, ".", "_" and "-"', required: true },
    input: { type: 'repeat', summary: "feature of each column in their order, or side: 'rsi(close,14)'; repeated", required: true },
    output: { type: 'string', summary: 'output that holds the probabilities, where more than one could' },
  },
  examples: [["import theirs.onnx --name theirs --input side --input 'rsi(close,14)'", 'two columns, kept under models/']],
  load: () => import('../models/import.ts'),
};

export const models: VerbGroup = { name: 'models', summary: 'look at, check and import models', verbs: [list, show, verify, importVerb] };
