// The one owner of WebSocket. Bytes arrive as bytes.
export type Wire = { send(text: string): void; close(): void };
export type WireEvents = {
  onOpen(): void;
  onText(text: string): void;
  onBytes(bytes: Uint8Array): void;
  /** With the code that the server gave, or 1006 where the line broke. */
  onClose(code: number): void;
};

export function openWire(path: string, events: WireEvents): Wire {
  const address = new URL(path, location.href);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(address);
  socket.binaryType = "arraybuffer";
  socket.onopen = () => events.onOpen();
  socket.onclose = ({ code }) => events.onClose(code);
  socket.onmessage = ({ data }) => {
    if (typeof data === "string") events.onText(data);
    else events.onBytes(new Uint8Array(data as ArrayBuffer));
  };
  return {
    send(text) {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close() {
      socket.onclose = null;
      socket.onmessage = null;
      socket.close();
    },
  };
}
