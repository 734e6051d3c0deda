// Prints "PASSED FAILED" for a run of vitest: node tools/count-tests.mjs VITEST_JSON SUCCEEDED(0|1)
// A run that failed without a failed test (a file that does not load, an error outside tests, no report at all) counts one failure,
// so that a broken run can never look like a small one.
import { readFileSync } from 'node:fs';
import process from 'node:process';

const [file, succeeded] = process.argv.slice(2);

function counts() {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    return { passed: report.numPassedTests, failed: report.numFailedTests };
  } catch {
    return { passed: 0, failed: 0 };
  }
}

const { passed, failed } = counts();
const isRunFine = succeeded === '1' && passed > 0;
console.log(`${passed} ${isRunFine ? failed : Math.max(1, failed)}`);
