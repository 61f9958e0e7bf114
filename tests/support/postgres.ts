interface TestServer {
  url: string;
  stop: () => Promise<void>;
}

/** PARLEY_TEST_DATABASE_URL names a PostgreSQL to use instead of the embedded one. */
export async function startPostgres(): Promise<TestServer> {
  const url = process.env.PARLEY_TEST_DATABASE_URL;
  if (!url) throw new Error('Set PARLEY_TEST_DATABASE_URL to a PostgreSQL server whose databases the tests may make and drop.');
  return { url, stop: async () => {} };
}
