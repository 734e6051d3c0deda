import { rangeText, type Setting, type SettingGroup } from './setting.ts';
import { SETTINGS } from './settings.ts';

const TITLES: Readonly<Record<SettingGroup, string>> = {
  strategies: 'Strategies and their signals',
  trading: 'Trading',
  performance: 'Performance',
  models: 'Models to come',
  notifications: 'Notifications to come',
  folders: 'Folders',
  tools: 'Emulator and training',
};

/** Text of docs/configuration.md, made of the schema alone. */
export function configurationDocument(settings: readonly Setting[] = SETTINGS): string {
  const chapters = groupsOf(settings).map(([group, own]) => `## ${TITLES[group]}\n\n${own.map(entryOf).join('\n')}`);
  return `${HEAD}\n${chapters.join('\n')}`;
}

/** Text of .env.example: each variable with its default, and those without one commented out. */
export function environmentExample(settings: readonly Setting[] = SETTINGS): string {
  const chapters = groupsOf(settings).map(([group, own]) => `# --- ${TITLES[group]} ---\n\n${own.map(variableOf).join('\n')}`);
  return `${ENV_HEAD}\n${chapters.join('\n')}`;
}

function groupsOf(settings: readonly Setting[]): readonly (readonly [SettingGroup, readonly Setting[]])[] {
  const groups = [...new Set(settings.map(({ group }) => group))];
  return groups.map((group) => [group, settings.filter((setting) => setting.group === group)]);
}

function entryOf(setting: Setting): string {
  const { key, env, doc, readBy, only, param, later } = setting;
  const laterWords = setting.type === 'word' ? Object.entries(setting.laterWords) : [];
  const lines = [
    `### \`${key}\``,
    '',
    `${doc}.`,
    '',
    `- Takes ${rangeText(setting)}; default: ${defaultText(setting)}.`,
    `- Environment: \`${env}\`. ${only === undefined ? `Flag: \`--${key}\`. File: \`${key}\`.` : 'Read from there alone: not from a flag or a file.'}`,
    `- Read by: ${readBy}.`,
    ...(param === undefined ? [] : [`- Parameter of a strategy: \`${param}\`.`]),
    ...(later === undefined ? [] : [`- Any other value than the default is refused: ${later}.`]),
    ...laterWords.map(([word, text]) => `- \`${word}\` is refused: ${text}.`),
    '',
  ];
  return lines.join('\n');
}

function defaultText(setting: Setting): string {
  return setting.default === null ? 'none' : `\`${String(setting.default)}\``;
}

function variableOf(setting: Setting): string {
  const { doc, env, only, later } = setting;
  const isRead = later === undefined ? '' : ' Not read yet: leave it as it is.';
  const range = setting.type === 'secret' || setting.type === 'text' ? '' : ` Takes ${rangeText(setting)}.`;
  const assignment = setting.default === null ? `# ${env}=` : `# ${env}=${String(setting.default)}`;
  return `# ${doc}.${range}${isRead}${only === undefined ? '' : ' Read from the environment alone.'}\n${assignment}\n`;
}

const HEAD = `# Configuration

Made from the configuration schema by \`node tools/configuration.mjs\`; a test holds this page and \`.env.example\` to it.

Every setting has a name, which is its flag's and its key in a file, and an environment variable. What is given at several places is taken
from the last of: default, file (\`--config FILE\`), environment, flag. A variable that is set to an empty text counts as not set. Secrets come from the
environment alone and are never printed. \`orrery config show\` prints every value and where it comes from.

A file is YAML: a map from names of settings and of the verb's flags to values. A name that is neither is refused with the nearest known one.

A setting that a strategy has as a parameter becomes that parameter, unless \`--param\` gives it; given by both at the same place, the call is refused. So a run's
configuration names the value that it was made with. A default of the schema never overrides a default of the strategy.
`;

const ENV_HEAD = `# Environment of Orrery, made from the configuration schema: docs/configuration.md says more, \`orrery config show\` shows what is in force.
# Copy to .env, take the "# " off what you set, and load it into the shell; flags on the command line win, a configuration file does not.
# Keep it to yourself (chmod 600): it holds keys.
`;
