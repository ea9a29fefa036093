interface Client {
  destroy(): void;
}
interface Server {
  close(): Promise<void> | void;
}

/** A service of AWS and the client that asks it: on an embedded server, or in a world. */
export interface Asked<C extends Client> {
  readonly client: C;
  readonly close: () => Promise<void>;
}

/** Ends a client, and then the servers that it asks; in a world there are none. */
export const ending =
  (client: Client, ...servers: readonly Server[]) =>
  async (): Promise<void> => {
    client.destroy();
    for (const server of servers) await server.close();
  };
