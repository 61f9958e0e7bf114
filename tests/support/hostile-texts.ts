/** Repetitive texts of the maximum length, each of which made a Markdown parser or its page hang. */
export const hostileTexts = {
  'a list in a list in a list': `${'+ '.repeat(975)}x`,
  'closing brackets': ']'.repeat(8_000),
  'opening brackets': '['.repeat(8_000),
  'emphasis that overlaps': '*a_'.repeat(2_666),
  'three large tables': `${'|a|b|c|d|\n|-|-|-|-|\n'}${'|1|2|3|4|\n'.repeat(260)}\n`.repeat(3).slice(0, 8_000),
  tildes: '~a'.repeat(4_000),
  'quotes in quotes': `${'> '.repeat(3_999)}x`,
  'fences of nothing': '```\n```\n'.repeat(1_000),
  mentions: '@ada '.repeat(1_600),
  'lines of two directions': 'a\nא\n'.repeat(2_000),
};
