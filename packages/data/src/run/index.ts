export { InputError } from '../input-error.ts';
export { configSchema } from './config-schema.ts';
export { datasetSchema } from './dataset-schema.ts';
export { amountSchema, countSchema, decimalSchema, finiteSchema, oneOf, textSchema, timeSchema } from './field-schemas.ts';
export { readRunFile } from './read-run-file.ts';
export { resultSchema } from './result-schema.ts';
export { seriesSchema } from './series-schema.ts';
export { venueSchema } from './venue-schema.ts';
export { sha256 } from '../store/sha256.ts';
