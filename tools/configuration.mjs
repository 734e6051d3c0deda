// Writes docs/configuration.md and .env.example from the configuration schema of the built command line: node tools/configuration.mjs
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { configurationDocument, environmentExample } from '../packages/cli/dist/config/document.js';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
writeFileSync(path.join(root, 'docs', 'configuration.md'), configurationDocument());
writeFileSync(path.join(root, '.env.example'), environmentExample());
