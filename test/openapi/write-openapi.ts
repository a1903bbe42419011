import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installFolder } from '../../build/install-folder.ts';
import { cutOpenApi, formatOpenApi } from './cut-openapi.ts';

/** `npm run openapi` writes the files again; with `--check` it compares them and writes nothing. */
const { values } = parseArgs({ options: { check: { type: 'boolean' } } });
const FOLDER = 'test/openapi';
const PACKAGE = '@twilio-alpha/mcp';
const FILES = ['twilio_conversations_v1.json', 'twilio_content_v1.json'];
const write = (line: string) => process.stdout.write(`${line}\n`);

installFolder(FOLDER);
const from = join(FOLDER, 'node_modules', PACKAGE);
const { version } = readJson(join(from, 'package.json'));
const changed = FILES.filter((file) => {
  const text = formatOpenApi(
    cutOpenApi(readJson(join(from, 'twilio-oai/spec/json', file)), `${PACKAGE} ${version}`),
  );
  const path = join(FOLDER, file);
  if (existsSync(path) && text === readFileSync(path, 'utf8')) return false;
  if (!values.check) writeFileSync(path, text);
  return true;
});

for (const file of changed) {
  write(
    values.check
      ? `${file} differs from the one in ${PACKAGE} ${version}. Run npm run openapi to write it again.`
      : `wrote ${FOLDER}/${file}`,
  );
}
write(
  `files ${FILES.length}, ${values.check ? 'different' : 'written'} ${changed.length}, from ${PACKAGE} ${version}`,
);
process.exitCode = values.check && changed.length > 0 ? 1 : 0;

function readJson(path: string): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(path, 'utf8'));
}
