import { expect, test } from 'vitest';
import { flowText } from '@/lib/platform/media/flow-text';

test.each([
  ['a word that is divided at the end of a line', 'a deploy\uFFFEment failed', 'a deployment failed\ndeploy-ment'],
  ['also by a hyphen at the end of a page', 'a deploy-\nment failed', 'a deployment failed\ndeploy-ment'],
  [
    'a soft and a typographic hyphen',
    'deploy\u00AD\r\nment and re\u2010\r\nlease',
    'deployment and release\ndeploy-ment\nre-lease',
  ],
  ['other alphabets', 'при\uFFFEвет', 'привет\nпри-вет'],
  ['capitals', 'DEPLOY-\nMENT', 'DEPLOYMENT\nDEPLOY-MENT'],
  ['a name after a prefix keeps its hyphen', 'pre\uFFFERoman', 'pre-Roman'],
  ['identifiers and numbers keep it', 'ERR_42-\r\nx of 2024-\r\n25', 'ERR_42-x of 2024-25'],
  ['a dash ends no word', 'first -\nsecond', 'first -\nsecond'],
  ['scripts without blanks go on', '我家在上\r\n海东边\n東京タワ\nーです', '我家在上海东边東京タワーです'],
  ['others do not', 'one\r\ntwo', 'one\r\ntwo'],
  ['no characters that PostgreSQL refuses', 'a\0b \uFFFE', 'a b  '],
])('%s', (_, lines, text) => {
  expect(flowText(lines)).toBe(text);
});

test('takes linear time', () => {
  const started = performance.now();
  flowText('a'.repeat(200_000));
  flowText('a-\n'.repeat(60_000));
  flowText('-\n'.repeat(100_000));
  expect(performance.now() - started).toBeLessThan(2_000);
});
