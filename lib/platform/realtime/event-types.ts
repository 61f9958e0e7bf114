/**
 * The program's events and what its sockets remember. The program fills it in (`lib/domain/contract.ts`), so that emit() and sockets
 * are typed while this folder knows no event by name.
 */
// biome-ignore lint/suspicious/noEmptyInterface: its members come by declaration merging.
export interface Register {}

type Registered<Key extends string, Default> = Register extends { [Name in Key]: infer Type } ? Type : Default;

/** Requests of clients, as Socket.IO types them. */
export type ClientRequests = Registered<'clientRequests', Record<string, (...args: unknown[]) => void>>;
/** Payloads of the events that the server sends. */
export type ServerPayloads = Registered<'serverPayloads', Record<string, unknown>>;
/** What a socket remembers. */
export type SocketData = Registered<'socketData', Record<string, unknown>>;

export type ServerEvents = { [Name in keyof ServerPayloads]: (payload: ServerPayloads[Name]) => void };
