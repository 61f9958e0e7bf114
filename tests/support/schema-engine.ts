import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, type SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import pg from 'pg';
import { processSingleton } from '@/lib/platform/process/singleton';

const require = createRequire(import.meta.url);
const noFilters = { externalTables: [], externalEnums: [] };

/** The SQL that creates the tables of a Prisma schema in an empty database. */
export async function scriptFor(url: string, schema: string): Promise<string> {
  return withEngine(url, async (engine) => {
    const output = await engine.diff({
      from: { tag: 'empty' },
      to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: schema }] },
      script: true,
      exitCode: null,
      filters: noFilters,
    });
    return output.stdout ?? '';
  });
}

async function withEngine<Result>(url: string, work: (engine: SchemaEngine) => Promise<Result>): Promise<Result> {
  // One connection, because the engine's lock belongs to its session.
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  // A broken connection fails its query. Without this listener, an error on an idle one would end the process.
  pool.on('error', () => {});
  try {
    const { SchemaEngine } = await loadEngine();
    const schema = readFileSync('prisma/schema.prisma', 'utf8');
    const adapter = bindMigrationAwareSqlAdapterFactory(adapterOn(pool));
    return await work(await SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => {}, adapter));
  } finally {
    await pool.end();
  }
}

function adapterOn(pool: pg.Pool): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaPg(pool);
  const connect = () => factory.connect();
  return { provider: factory.provider, adapterName: factory.adapterName, connect, connectToShadowDb: connect };
}

type EngineModule = typeof import('@prisma/schema-engine-wasm');

/**
 * Instantiates the engine by hand, because the package imports its .wasm as a module, which Node supports only behind a flag. Once per
 * process: the bindings keep views of the first instance's memory.
 */
function loadEngine(): Promise<EngineModule> {
  return processSingleton('schema-engine', async () => {
    const folder = dirname(require.resolve('@prisma/schema-engine-wasm'));
    const bindings = await import(pathToFileURL(join(folder, 'schema_engine_bg.js')).href);
    const { instance } = await WebAssembly.instantiate(readFileSync(join(folder, 'schema_engine_bg.wasm')), {
      './schema_engine_bg.js': bindings,
    });
    bindings.__wbg_set_wasm(instance.exports);
    (instance.exports.__wbindgen_start as () => void)();
    return bindings as EngineModule;
  });
}
