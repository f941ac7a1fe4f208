// The version of the wire for which this client is made. A test compares it with the server's.
export const WIRE_VERSION = 7;
