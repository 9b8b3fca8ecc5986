/**
 * Reads a report of vitest's JSON reporter and prints `passed failed skipped`. A file that could not be collected
 * counts as one failure, a missing or broken report as well.
 */
import { readFileSync } from 'node:fs'

try {
  const report = JSON.parse(readFileSync(process.argv[2], 'utf8'))
  const uncollected = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length
  const skipped = report.numPendingTests + (report.numTodoTests ?? 0)
  console.log(report.numPassedTests, report.numFailedTests + uncollected, skipped)
} catch {
  console.log(0, 1, 0)
}
