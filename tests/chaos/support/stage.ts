import { runningUrl } from '@/lib/platform/db/embedded/embedded';
import { Device, type DeviceOptions } from '@/tests/chaos/support/device';
import { History } from '@/tests/chaos/support/history';
import { crowd, group, type Person } from '@/tests/chaos/support/people';
import { judge } from '@/tests/chaos/support/rest';
import { ChaosServer } from '@/tests/chaos/support/server';
import { Tables } from '@/tests/chaos/support/table';
import { type Cluster, type ClusterOptions, startCluster } from '@/tests/support/cluster';

/** A server or cluster: its origin, and how to stop it. */
interface Served {
  origin: string;
  stop(): Promise<void>;
}

/** The server or cluster of one test file, with registered people. */
export class Stage<Server extends Served = ChaosServer> {
  readonly #open: Device[] = [];

  private constructor(
    readonly server: Server,
    readonly tables: Tables,
    readonly people: Person[],
  ) {}

  static async of(count: number, environment: Record<string, string> = {}): Promise<Stage> {
    const server = await ChaosServer.start(environment);
    return Stage.#peopled(server, new Tables(() => runningUrl(server.dataDir)), count);
  }

  static async behindNginx(count: number, options: ClusterOptions = {}): Promise<Stage<Cluster>> {
    const cluster = await startCluster(options);
    return Stage.#peopled(cluster, new Tables(() => cluster.postgres.url), count);
  }

  /** Registers the people. Stops the server if that fails, because the test file could not. */
  static async #peopled<Server extends Served>(server: Server, tables: Tables, count: number): Promise<Stage<Server>> {
    try {
      return new Stage(server, tables, await crowd(server.origin, count));
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  /** Creates a group of some of the people, by default of all. */
  async room(people: Person[] = this.people, visibility: 'public' | 'private' = 'private'): Promise<Room> {
    return new Room(this.tables, await group(this.server.origin, people, visibility));
  }

  /** Connects a device for each person, which shows these rooms. */
  devices(
    rooms: Room[],
    people: Person[] = this.people,
    options?: DeviceOptions,
    origin = this.server.origin,
  ): Promise<Device[]> {
    const shown = rooms.map(({ id }) => id);
    return Promise.all(
      people.map((person) => {
        const device = new Device(origin, person, shown, options);
        this.#open.push(device);
        return device.online();
      }),
    );
  }

  /** Closes all devices, so that they do not load the next test. */
  clear(): void {
    for (const device of this.#open.splice(0)) device.close();
  }

  async end(): Promise<void> {
    this.clear();
    await this.server.stop();
  }
}

/** A conversation with the history of all sends to it. */
export class Room {
  readonly history = new History();

  readonly #tables: Tables;

  constructor(
    tables: Tables,
    readonly id: string,
  ) {
    this.#tables = tables;
  }

  /** Waits until these devices show all stored messages. @returns the violated guarantees */
  judge(devices: Device[], patienceMs?: number): Promise<string[]> {
    return judge(this.#tables, this.history, this.id, devices, patienceMs);
  }
}
