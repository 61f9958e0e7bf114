/** The owner of the tests' workspaces. */
export const owner = { name: 'Olga Owner', email: 'owner@parley.test', password: 'correct horse owner' };
