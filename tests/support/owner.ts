/** Whom a workspace of the tests begins with. */
export const owner = { name: 'Olga Owner', email: 'owner@parley.test', password: 'correct horse owner' };
