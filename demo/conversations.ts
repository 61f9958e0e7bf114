import { chatter } from '@/demo/chatter';
import type { Handle } from '@/demo/people';
import { recent } from '@/demo/recent';

export interface DemoConversation {
  /** null for a direct conversation */
  name: string | null;
  description: string;
  visibility: 'PUBLIC' | 'PRIVATE';
  /** the first member created it */
  members: Handle[];
  /** templates of exchanges for its older messages; see lines.ts */
  past: string[][];
  /** number of older messages */
  messages: number;
  /** the most recent messages, as lines */
  last: string[];
  /** minutes since the last message */
  quietFor: number;
  /** messages that mara has not read */
  unread: number;
}

const everybody: Handle[] = [
  'mara',
  'tomas',
  'priya',
  'yuki',
  'lena',
  'samir',
  'chloe',
  'jonas',
  'amara',
  'felix',
  'ines',
  'noah',
];

const group = (
  name: string,
  description: string,
  members: Handle[],
  rest: Omit<DemoConversation, 'name' | 'description' | 'members' | 'visibility'>,
  visibility: 'PUBLIC' | 'PRIVATE' = 'PUBLIC',
) => ({ name, description, members, visibility, ...rest });

const direct = (
  first: Handle,
  second: Handle,
  last: string[],
  quietFor: number,
  unread = 0,
  messages = 120,
): DemoConversation => ({
  name: null,
  description: '',
  visibility: 'PRIVATE',
  members: [first, second],
  past: chatter.direct,
  messages: first === second ? 0 : messages,
  last,
  quietFor,
  unread,
});

export const conversations: DemoConversation[] = [
  group(
    'Launch week',
    'Everything for Thursday. Decisions go in the pinned document.',
    ['mara', 'priya', 'tomas', 'lena', 'chloe', 'yuki', 'noah'],
    { past: chatter.launch, messages: 620, last: recent.launch, quietFor: 3, unread: 4 },
    'PRIVATE',
  ),
  group('General', 'For everybody, about everything that concerns everybody.', everybody, {
    past: chatter.general,
    messages: 540,
    last: recent.general,
    quietFor: 42,
    unread: 0,
  }),
  group(
    'Engineering',
    'Pull requests, incidents, and strong opinions about databases.',
    ['tomas', 'mara', 'priya', 'yuki', 'samir', 'jonas', 'noah'],
    { past: chatter.engineering, messages: 980, last: recent.engineering, quietFor: 11, unread: 7 },
  ),
  group('Design', 'Work in progress is welcome.', ['lena', 'mara', 'chloe', 'ines', 'yuki'], {
    past: chatter.design,
    messages: 520,
    last: recent.design,
    quietFor: 95,
    unread: 0,
  }),
  group('Support', 'What customers tell us.', ['amara', 'mara', 'felix', 'tomas', 'samir', 'jonas'], {
    past: chatter.support,
    messages: 460,
    last: recent.support,
    quietFor: 27,
    unread: 0,
  }),
  group('Lunch', 'Where, when, and who brings cake.', everybody, {
    past: chatter.lunch,
    messages: 380,
    last: recent.lunch,
    quietFor: 160,
    unread: 0,
  }),
  group('Book club', 'One book a month.', ['ines', 'mara', 'felix', 'amara', 'chloe'], {
    past: chatter.general,
    messages: 90,
    last: recent.books,
    quietFor: 1_900,
    unread: 0,
  }),
  direct('priya', 'mara', recent.priya, 6, 2, 210),
  direct('mara', 'tomas', recent.tomas, 34),
  direct('lena', 'mara', recent.lena, 130),
  direct('mara', 'samir', recent.samir, 300),
  direct('mara', 'amara', recent.amara, 1_500),
  direct('mara', 'noah', recent.noah, 2_900),
  direct('mara', 'mara', recent.notes, 700),
  direct('tomas', 'yuki', [], 200),
  direct('chloe', 'lena', [], 90),
];
