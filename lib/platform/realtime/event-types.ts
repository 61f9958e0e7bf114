/**
 * The types of the program's events and of its sockets' data. The program declares them (`lib/domain/contract.ts`), so that
 * emit() and sockets are typed although this folder knows no event by name.
 */
// biome-ignore lint/suspicious/noEmptyInterface: declaration merging adds its members
export interface Register {}

type Registered<Key extends string, Default> = Register extends { [Name in Key]: infer Type } ? Type : Default;

/** Requests of clients in Socket.IO's types. */
export type ClientRequests = Registered<'clientRequests', Record<string, (...args: unknown[]) => void>>;
/** Payloads of the events that the server sends. */
export type ServerPayloads = Registered<'serverPayloads', Record<string, unknown>>;
/** The data of a socket. */
export type SocketData = Registered<'socketData', Record<string, unknown>>;

export type ServerEvents = { [Name in keyof ServerPayloads]: (payload: ServerPayloads[Name]) => void };
