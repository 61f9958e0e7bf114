/** The people of the demo workspace. The first one is its owner, and the account that a visitor signs in with. */
export const people = [
  { handle: 'mara', name: 'Mara Lindqvist', statusText: 'Launch on Thursday', availability: 'ONLINE' },
  { handle: 'tomas', name: 'Tomás Herrera', statusText: '', availability: 'ONLINE' },
  { handle: 'priya', name: 'Priya Raman', statusText: 'Heads down until 3', availability: 'BUSY' },
  { handle: 'yuki', name: 'Yuki Tanabe', statusText: '', availability: 'ONLINE' },
  { handle: 'lena', name: 'Lena Okafor', statusText: 'At the printer’s', availability: 'AWAY' },
  { handle: 'samir', name: 'Samir Haddad', statusText: '', availability: 'ONLINE' },
  { handle: 'chloe', name: 'Chloé Marchand', statusText: 'Out on Friday', availability: 'ONLINE' },
  { handle: 'jonas', name: 'Jonas Weber', statusText: '', availability: 'ONLINE' },
  { handle: 'amara', name: 'Amara Nwosu', statusText: 'Reading your tickets', availability: 'ONLINE' },
  { handle: 'felix', name: 'Felix Brandt', statusText: '', availability: 'AWAY' },
  { handle: 'ines', name: 'Inês Carvalho', statusText: 'Parental leave from December', availability: 'ONLINE' },
  { handle: 'noah', name: 'Noah Kim', statusText: '', availability: 'ONLINE' },
] as const;

export type Handle = (typeof people)[number]['handle'];

export const demoPassword = 'parley-demo';

export const emailOf = (handle: Handle) => `${handle}@parley.example`;
