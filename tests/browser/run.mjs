// node run.mjs SITE TEST...: runs the test files over a built site.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { runAll } from './harness.mjs';

const [folder, ...files] = process.argv.slice(2);
for (const file of files) {
  await import(pathToFileURL(path.resolve(file)).href);
}
process.exitCode = (await runAll(folder)) ? 1 : 0;
